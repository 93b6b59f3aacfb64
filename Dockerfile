FROM python:3.11-slim

WORKDIR /app
ENV PYTHONUNBUFFERED=1 \
    FOOTNOTED_SNAPSHOTS=/snapshots

COPY requirements.lock .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY etl etl
COPY dashboard dashboard
COPY footnoted footnoted
COPY datasets datasets
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .

# A new volume takes over the owner of the folder it is mounted on: made here, so that the user below may write to it.
RUN python -m compileall -q etl dashboard footnoted \
    && useradd --uid 10001 --no-create-home footnoted \
    && mkdir /snapshots \
    && chown footnoted /snapshots
USER footnoted

EXPOSE 8050
CMD ["footnoted", "serve", "--host", "0.0.0.0", "--port", "8050"]
