"""The application over one snapshot: the frame, the answer to an address, the server that sends it.

`app` puts the application together: dash, the routes and the API. `page_answers` chooses the page of an
address and writes it, `frame` is what surrounds every page, and `server_render` puts both into the first
answer. `static_files` sends scripts and styles packed, and `server` runs it all.
"""
