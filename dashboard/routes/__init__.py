"""Routes beside the pages, one thin file each: what comes in is read, what is asked for is sent.

`downloads` and `saved_svg` send files of charts and tables, `citations` references, `embed` a chart for
another site, `report` a dossier as one file, `search` what the search box lists, and `check` judges a
posted text. Work is done in `views/`, `search/`, `report/` and `saved_pictures/`; `dashboard.site.app` adds
the routes.
"""
