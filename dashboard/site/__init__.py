"""The application over one snapshot: the frame, the answer to an address, the server that sends it.

`app` puts the application together: pages, routes and the API. `page_answers` reads an address and builds its
page, `frame` what surrounds every page, and `server_render` writes both as one document, which `page_route`
keeps packed and sends. `static_files` sends scripts and styles, and `server` runs it all.
"""
