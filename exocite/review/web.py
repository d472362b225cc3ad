"""The page's requests and answers: reads what is asked, has the session do it, prints the result.

A write answers a script with JSON and a form with the page. Nothing is decided here.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

from flask import Flask, Response, g, jsonify, render_template, request
from werkzeug.exceptions import HTTPException, NotFound

from exocite.errors import ExociteError, StoreError, UsageError
from exocite.model import Judgement
from exocite.project.judging import signature
from exocite.report import marks
from exocite.report.page import safe
from exocite.review import queue, view
from exocite.review.guard import HEADER, MOST_BYTES, Asked, Guard
from exocite.review.offers import OWN, PAGE, named, offer
from exocite.review.printing import prepare
from exocite.review.session import Session
from exocite.review.wish import ClaimMovedError, PlaceNeededError, Wish
from exocite.states import person
from exocite.text import digest

FILES = {
    "review.css": "text/css",
    "review.js": "text/javascript",
    "keys.js": "text/javascript",
    "drafts.js": "text/javascript",
}
"""The files that the page loads, and what they are on every system."""

VERDICTS = (
    Judgement.SUPPORTED,
    Judgement.PARTIAL,
    Judgement.CONTRADICTED,
    Judgement.UNSUPPORTED,
    Judgement.DISPUTED,
    Judgement.EXEMPT,
)
"""The verdicts of the page, in the order of their buttons."""

_WORDS = {Judgement.UNSUPPORTED: "no support found"}
_LONGEST_NAME = 400

Answer = Response | tuple[Response, int]


def app(session: Session, guard: Guard, by: str = "") -> Flask:
    """The page of this session; `by` is who reviews, "" where the page asks."""
    made = Flask("exocite.review", static_folder=None)
    made.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_MEMORY_SIZE=MOST_BYTES, MAX_FORM_PARTS=40
    )
    prepare(made)
    made.jinja_env.globals.update(
        verdicts=[
            (one.value, marks.JUDGEMENTS[one], _WORDS.get(one, one.value)) for one in VERDICTS
        ],
        OWN=OWN,
        person=person,
        SLICE=queue.SLICE,
    )
    _Page(session, guard, by).put_on(made)
    return made


class _Page:
    """The routes, with what they share."""

    def __init__(self, session: Session, guard: Guard, by: str) -> None:
        self._session = session
        self._guard = guard
        self._by = by

    def put_on(self, made: Flask) -> None:
        """Give the routes to the application."""
        made.before_request(self._guarded)
        made.after_request(self._marked)
        made.register_error_handler(ExociteError, self._refused)
        made.register_error_handler(HTTPException, _failed)
        reading: tuple[tuple[str, Callable[..., Answer]], ...] = (
            ("/", self.page),
            ("/claim", self.claim),
            ("/queue", self.queue),
            ("/article", self.article),
            ("/state", self.state),
            ("/passage", self.passage),
            ("/files/<name>", self.file),
        )
        writing: tuple[tuple[str, Callable[..., Answer]], ...] = (
            ("/verdict", self.verdict),
            ("/withdraw", self.withdraw),
            ("/undo", self.undo),
            ("/quote", self.quote),
            ("/who", self.who),
        )
        for method, routes in (("GET", reading), ("POST", writing)):
            for path, function in routes:
                made.add_url_rule(path, path, function, methods=[method])

    # ----------------------------------------------------------------------- the door

    def _guarded(self) -> Response | None:
        g.nonce = secrets.token_urlsafe(18)
        writes = request.method not in {"GET", "HEAD"}
        asked = Asked(
            request.method,
            request.headers.get("Host", ""),
            request.headers.get("Origin", ""),
            request.headers.get("Sec-Fetch-Site", ""),
            request.args.get("token", "") if request.path == "/" else "",
            request.cookies.get(self._guard.cookie_name, ""),
            # The body is read only for who has the cookie and comes from the page.
            request.headers.get(HEADER, ""),
        )
        refused = self._guard.refuses(asked)
        if refused and writes and not asked.token and asked.cookie:
            asked = Asked(
                asked.method,
                asked.host,
                asked.origin,
                asked.site,
                cookie=asked.cookie,
                token=request.form.get("token", ""),
            )
            refused = self._guard.refuses(asked)
        if refused:
            return Response(f"{refused}\n", 403, mimetype="text/plain")
        g.let_in = self._guard.lets_in(asked)
        return None

    def _marked(self, response: Response) -> Response:
        response.headers.update(self._guard.headers(g.get("nonce", "none")))
        if g.get("let_in"):
            self._keep(response, "", self._guard.cookie)
        return response

    def _keep(self, response: Response, name: str, value: str) -> None:
        response.set_cookie(
            f"{self._guard.cookie_name}{name}", value, httponly=True, samesite="Strict"
        )

    def _who(self) -> str:
        """Who reviews in this browser, "" where nobody said."""
        said = unquote(request.cookies.get(f"{self._guard.cookie_name}-by", ""))
        try:
            return signature(said) if said else self._by
        except UsageError:
            return self._by

    # ----------------------------------------------------------------------- reading

    def page(self) -> Response:
        """The whole page."""
        self._session.refresh()
        return self._whole(request.args.get("claim", ""))

    def _whole(
        self,
        anchor: str,
        message: str = "",
        *,
        status: int = 200,
        form: Mapping[str, str] | None = None,
    ) -> Response:
        session, show = self._session, _show()
        with session.answering():
            entries = session.entries
            if not anchor or not any(one.pin.anchor == anchor for one in entries):
                if anchor and not message:
                    message, status = f"{anchor}: there is no such claim", 404
                first = next((one for one in entries if show.holds(one)), None)
                anchor = first.pin.anchor if first else ""
            seen = view.claim(session, anchor, show) if anchor else None
            start = request.args.get("from", type=int)
            cut = queue.cut(entries, show, start or 0, around="" if start is not None else anchor)
            text = render_template(
                "page.html",
                title=view.title(session),
                path=session.reading.article.path,
                place=digest(str(Path(session.reading.article.path).resolve()))[:12],
                seen=seen,
                chosen=anchor,
                cut=cut,
                groups=view.article(session, around=anchor),
                keys=tuple(session.shelf.keys),
                message=message,
                form=form or {},
                **self._common(),
            )
        return Response(text, status, mimetype="text/html")

    def _common(self) -> dict[str, Any]:
        """What every part of the page may name."""
        session = self._session
        return {
            "nonce": g.nonce,
            "token": self._guard.token,
            "by": self._who(),
            "show": _show(),
            "turns": queue.turns(session.entries),
            "problem": session.problem or session.comparer.problem,
            "read_only": session.read_only,
            "revision": session.revision,
        }

    def claim(self) -> Response:
        """One claim with its evidence, for the script; with `more` its further passages too."""
        self._session.refresh()
        with self._session.answering():
            anchor = request.args.get("claim", "")
            if request.args.get("more"):
                self._session.further(self._session.entries[self._session.place(anchor)].claim)
            return _json(self._card(anchor))

    def _card(self, anchor: str) -> dict[str, Any]:
        seen = view.claim(self._session, anchor, _show())
        html = render_template("card.html", seen=seen, form={}, **self._common())
        return {
            "anchor": anchor,
            "html": html,
            "hash": seen.hash,
            "number": seen.entry.pin.number,
            "previous": seen.previous,
            "following": seen.following,
            **self._news([anchor]),
            "comparing": seen.comparing,
        }

    def _news(self, anchors: list[str]) -> dict[str, Any]:
        """What a page needs to know after anything has changed: marks, counts, problems."""
        session = self._session
        entries = session.entries
        known = [entries[session.place(one)] for one in anchors if one in session.places]
        return {
            "revision": session.revision,
            "marks": {
                one.pin.anchor: [
                    one.pin.mark.look,
                    one.pin.mark.glyph,
                    one.pin.mark.word,
                    one.initials,
                    one.stage.why,
                ]
                for one in known
            },
            "turns": dict(queue.turns(entries)),
            "comparing": not session.comparer.wait(0),
            "problem": safe(session.problem or session.comparer.problem),
            "read_only": safe(session.read_only),
        }

    def queue(self) -> Response:
        """A part of the queue, for the script."""
        with self._session.answering():
            around = request.args.get("claim", "")
            start = request.args.get("from", 0, type=int)
            cut = queue.cut(self._session.entries, _show(), start, around=around)
            html = render_template("queue.html", cut=cut, chosen=around, **self._common())
            first = cut.entries[0].pin.anchor if cut.entries else ""
            return _json({"html": html, "total": cut.total, "first": first} | self._news([]))

    def article(self) -> Response:
        """The whole article, for the script."""
        with self._session.answering():
            groups = view.article(self._session)
            html = render_template("article.html", groups=groups, chosen="", **self._common())
            return _json({"html": html} | self._news([]))

    def state(self) -> Response:
        """What has changed since the revision that the page knows."""
        self._session.poll()
        since = request.args.get("since", 0, type=int)
        news = self._session.since(since)
        claims = news["claims"]
        anchors = [str(one) for one in claims] if isinstance(claims, list) else []
        return _json({**news, **self._news(anchors)})

    def passage(self) -> Response:
        """The part of a long passage that stands behind `from`."""
        session = self._session
        with session.answering():
            entry = session.entries[session.place(request.args.get("claim", ""))]
            found = named(session.offers(entry), request.args.get("offer", ""))
        if found is None:
            raise NotFound
        start = max(0, request.args.get("from", 0, type=int))
        text = found.suggestion.passage.text
        more = max(0, len(text) - start - PAGE)
        return _json({"text": safe(text[start : start + PAGE]), "more": more})

    def file(self, name: str) -> Response:
        """A file of the page: those of FILES and no other."""
        if name not in FILES:
            raise NotFound
        data = resources.files("exocite.review").joinpath("static", name).read_bytes()
        return Response(data, mimetype=FILES[name])

    # ----------------------------------------------------------------------- writing

    def verdict(self) -> Answer:
        """Record a verdict."""
        form = request.form
        try:
            judgement = Judgement(form.get("verdict", ""))
        except ValueError:
            raise UsageError("there is no such verdict", hint="choose one of the buttons") from None
        if judgement not in VERDICTS:
            raise UsageError("a verdict is taken back by its own button", hint="or by undo")
        wish = Wish(
            anchor=form.get("claim", ""),
            hash=form.get("hash", ""),
            judgement=judgement,
            by=self._named(),
            offer=form.get("offer", ""),
            key=form.get("key", ""),
            quote=form.get("quote", ""),
            locator=form.get("locator", ""),
            note=form.get("note", ""),
        )
        with self._session.answering():
            given = self._session.judge(wish)
            said = f"{_WORDS.get(given.judgement, given.judgement)} by {given.by}"
            return self._done(wish.anchor, f"{said}: recorded", onward=True)

    def withdraw(self) -> Answer:
        """Take back this person's last verdict on a claim."""
        anchor = request.form.get("claim", "")
        with self._session.answering():
            given = self._session.withdraw(anchor, self._named(), request.form.get("key", ""))
            return self._done(anchor, f"taken back: the verdict by {given.by}")

    def undo(self) -> Answer:
        """Take back the last verdict that this person gave here."""
        with self._session.answering():
            _, anchor = self._session.undo(self._named())
            if not anchor:
                anchor = self._session.entries[0].pin.anchor if self._session.entries else ""
            return self._done(anchor, "taken back: your last verdict")

    def quote(self) -> Response:
        """Look a quotation up and show it as it stands in the work; nothing is recorded."""
        form = request.form
        with self._session.answering():
            entry = self._session.entries[self._session.place(form.get("claim", ""))]
            found = self._session.quotation(entry, form.get("key", ""), form.get("quote", ""), "")
            own = offer(self._session.project, found, "quoted by you")
            works = self._session.shelf.of([own.quoted.key])
            html = render_template("own.html", one=own, works=works)
        return _json({"html": html, "placeless": own.placeless})

    def who(self) -> Answer:
        """Keep who reviews in this browser until it is closed."""
        name = signature(request.form.get("by", "")[:_LONGEST_NAME])
        response: Response
        if _by_script():
            response = _json({"by": name})
        else:
            response = _to(_address({"claim": request.form.get("claim", "")}))
        self._keep(response, "-by", quote(name))
        return response

    def _named(self) -> str:
        said = self._who()
        if not said:
            raise UsageError("say who reviews: a verdict bears a name", hint="give your name above")
        return said

    def _done(self, anchor: str, message: str, *, onward: bool = False) -> Response:
        """The answer to a write that succeeded; `onward` goes to the next claim that is shown."""
        show = _show()
        place = self._session.place(anchor)
        following = queue.neighbours(self._session.entries, show, place)[1] if onward else ""
        following = following or anchor
        if _by_script():
            told = {"message": safe(message), "changed": anchor}
            card = self._card(following)
            return _json(card | told | self._news([anchor, following]))
        query = {"claim": following, "turn": show.turn, "words": show.words}
        return _to(_address(query))

    def _refused(self, error: ExociteError) -> Answer:
        """What to say of an action that cannot be, in the form in which it was asked for."""
        status = 400
        anchor = request.form.get("claim", "") or request.args.get("claim", "")
        told: dict[str, Any] = {"slug": error.slug}
        if isinstance(error, ClaimMovedError):
            status, anchor = 409, error.anchor
        elif isinstance(error, PlaceNeededError):
            status = 422
        elif isinstance(error, StoreError):
            status = 503
        message = f"{error.message}; {error.hint}" if error.hint else error.message
        if _by_script() or request.path not in {"/", "/verdict", "/withdraw", "/undo", "/who"}:
            if isinstance(error, ClaimMovedError) and anchor:
                with self._session.answering():
                    told |= self._card(anchor)
            return _json(told | {"message": safe(message), "anchor": anchor}), status
        kept = {} if status == 409 else dict(request.form.items())
        return self._whole(anchor, message, status=status, form=kept)


def _failed(error: HTTPException) -> Answer:
    """An error of the protocol, in words and without a page."""
    said = {404: "there is nothing here", 405: "this is not asked for so", 413: "that is too long"}
    code = error.code or 500
    message = said.get(code, error.name)
    if _by_script():
        return _json({"message": message, "slug": "http"}), code
    return Response(f"{message}\n", code, mimetype="text/plain")


def _show() -> queue.Show:
    return queue.Show(request.values.get("turn", ""), request.values.get("words", "").strip()[:200])


def _by_script() -> bool:
    return HEADER in request.headers


def _json(content: Mapping[str, Any]) -> Response:
    return jsonify(dict(content))


def _address(query: Mapping[str, str]) -> str:
    return f"/?{urlencode({name: value for name, value in query.items() if value})}"


def _to(place: str) -> Response:
    return Response("", 303, {"Location": place})
