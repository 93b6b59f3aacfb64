// Pictures to take away: the server draws a sheet with its record inside; a PNG is made of it here, record and all.
(() => {
  "use strict";
  const SCALE = 2;
  const SHOWN = 2400;
  const OWN = "urn:footnoted:picture";
  const DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";
  // The eight bytes that every PNG begins with, and its header: length, name, 13 bytes and a checksum.
  const AFTER_HEADER = 8 + 25;

  const writeAddress = (button, figure) => {
    const address = new URL(button.dataset.address ?? `/download/${figure.id}.svg${location.search}`, location.href);
    // A chart is zoomed without its page being built anew.
    const span = new URLSearchParams(location.search).get("span");
    address.searchParams.delete("point");
    address.searchParams.delete("span");
    if (span && figure.querySelector(".stage[data-zooms]")) address.searchParams.set("span", span);
    return address;
  };

  const fetchSheet = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status}`);
    const named = /filename="([^"]+)\.svg"/.exec(answer.headers.get("Content-Disposition") ?? "");
    return { text: await answer.text(), name: named?.[1] };
  };

  const paint = async (text) => {
    const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    try {
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), {
        width: image.naturalWidth * SCALE,
        height: image.naturalHeight * SCALE,
      });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
      return new Uint8Array(await blob.arrayBuffer());
    } finally {
      URL.revokeObjectURL(address);
    }
  };

  const CHECKSUMS = Uint32Array.from({ length: 256 }, (_, number) => {
    let sum = number;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    return sum >>> 0;
  });

  const findChecksum = (bytes) => {
    let sum = 0xffffffff;
    for (const byte of bytes) sum = CHECKSUMS[(sum ^ byte) & 255] ^ (sum >>> 8);
    return (sum ^ 0xffffffff) >>> 0;
  };

  const join = (parts) => {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let place = 0;
    parts.forEach((part) => {
      whole.set(part, place);
      place += part.length;
    });
    return whole;
  };

  const writeNumber = (number) => Uint8Array.of(number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255);

  const writeChunk = (name, body) => {
    const said = join([new TextEncoder().encode(name), body]);
    return join([writeNumber(body.length), said, writeNumber(findChecksum(said))]);
  };

  const pack = async (bytes) => {
    const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
    return new Uint8Array(await new Response(packed).arrayBuffer());
  };

  // iTXt: keyword, packed or not, the way of packing, no language, no translated keyword, the text.
  const writeText = async (keyword, text, isPacked) => {
    const plain = new TextEncoder().encode(text);
    const body = isPacked ? await pack(plain) : plain;
    const head = [new TextEncoder().encode(keyword), Uint8Array.of(0, isPacked ? 1 : 0, 0, 0, 0)];
    return writeChunk("iTXt", join([...head, body]));
  };

  const insertRecord = async (png, sheet) => {
    const read = (space, name) => sheet.getElementsByTagNameNS(space, name)[0]?.textContent ?? "";
    const source = `${read(DUBLIN_CORE, "source")}. Footnoted, snapshot ${read(DUBLIN_CORE, "relation").split(" ")[0]}, ${read(DUBLIN_CORE, "identifier")}`;
    const texts = [
      await writeText("Title", read(DUBLIN_CORE, "title"), false),
      await writeText("Description", read(DUBLIN_CORE, "description"), false),
      await writeText("Source", source, false),
      await writeText("footnoted", read(OWN, "record"), "CompressionStream" in window),
    ];
    return join([png.subarray(0, AFTER_HEADER), ...texts, png.subarray(AFTER_HEADER)]);
  };

  const save = (content, type, name) => {
    const href = URL.createObjectURL(new Blob([content], { type }));
    Object.assign(document.createElement("a"), { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  };

  const savePicture = async (button) => {
    const figure = button.closest("figure");
    const { text, name } = await fetchSheet(writeAddress(button, figure));
    const stem = name ?? figure.id;
    if (button.dataset.picture === "svg") {
      save(text, "image/svg+xml", `${stem}.svg`);
      return;
    }
    const sheet = new DOMParser().parseFromString(text, "image/svg+xml");
    save(await insertRecord(await paint(text), sheet), "image/png", `${stem}.png`);
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-picture]");
    if (!button || button.getAttribute("aria-busy")) return;
    const words = button.textContent;
    button.setAttribute("aria-busy", "true");
    try {
      await savePicture(button);
    } catch {
      button.textContent = "Not saved";
      setTimeout(() => (button.textContent = words), SHOWN);
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
})();
