"""The page on which a person decides, served to this machine alone by `exocite review`.

`session` is the open review: the article as it stands now, verdicts that go through
`project.judging`, and what others change on disk meanwhile. `web` puts it on a page, `guard` keeps
strangers out, `serving` holds the port. Nothing here judges: the page shows, a person decides.
"""
