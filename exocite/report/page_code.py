"""What Jinja makes of templates/report.html; tests/report/test_page.py writes it."""

# fmt: off
# ruff: noqa: ARG001, C901, D103, E402, E501, E701, F401, F821, F841, I001, N806, PIE790, UP034
# mypy: ignore-errors

JINJA = "3.1.6"
TEMPLATE = "0039cdcf46085461ec4bfe8affbfce94f440ec78fc15462d8f74b2d96f035986"

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'report.html'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_policy = resolve('policy')
    l_0_version = resolve('version')
    l_0_report = resolve('report')
    l_0_style = resolve('style')
    l_0_marks = resolve('marks')
    l_0_not_suggested = resolve('not_suggested')
    l_0_left_out = resolve('left_out')
    l_0_script = resolve('script')
    l_0_pin = l_0_parts = l_0_line = l_0_mark = l_0_printed = l_0_standing = l_0_named = l_0_quoted = l_0_said = l_0_reference = l_0_coverage = l_0_top = missing
    try:
        t_1 = environment.filters['format']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'format' found.")
    try:
        t_2 = environment.filters['length']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'length' found.")
    try:
        t_3 = environment.filters['min']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'min' found.")
    try:
        t_4 = environment.filters['reverse']
    except KeyError:
        @internalcode
        def t_4(*unused):
            raise TemplateRuntimeError("No filter named 'reverse' found.")
    try:
        t_5 = environment.tests['none']
    except KeyError:
        @internalcode
        def t_5(*unused):
            raise TemplateRuntimeError("No test named 'none' found.")
    pass
    yield '<!doctype html>\n<!-- exocite report -->\n'
    def macro(l_1_pin):
        t_6 = []
        if l_1_pin is missing:
            l_1_pin = undefined("parameter 'pin' was not provided", name='pin')
        pass
        t_6.extend((
            '<a class="pin s-',
            escape(environment.getattr(environment.getattr(l_1_pin, 'mark'), 'look')),
            '" href="#',
            escape(environment.getattr(l_1_pin, 'anchor')),
            '"><span class="vh">claim </span><span class="glyph" aria-hidden="true">',
            escape(environment.getattr(environment.getattr(l_1_pin, 'mark'), 'glyph')),
            '</span>',
            escape(environment.getattr(l_1_pin, 'number')),
            '<span class="word"> ',
            escape(environment.getattr(environment.getattr(l_1_pin, 'mark'), 'word')),
            '</span></a>',
        ))
        return concat(t_6)
    context.exported_vars.add('pin')
    context.vars['pin'] = l_0_pin = Macro(environment, macro, 'pin', ('pin',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_stretch):
        t_7 = []
        if l_1_stretch is missing:
            l_1_stretch = undefined("parameter 'stretch' was not provided", name='stretch')
        pass
        for l_2_part in environment.getattr(l_1_stretch, 'parts'):
            _loop_vars = {}
            pass
            if environment.getattr(l_2_part, 'work'):
                pass
                t_7.extend((
                    '<a class="cite" href="#',
                    escape(environment.getattr(l_2_part, 'work')),
                    '">',
                    escape(environment.getattr(l_2_part, 'text')),
                    '</a>',
                ))
            else:
                pass
                t_7.append(
                    escape(environment.getattr(l_2_part, 'text')),
                )
        l_2_part = missing
        return concat(t_7)
    context.exported_vars.add('parts')
    context.vars['parts'] = l_0_parts = Macro(environment, macro, 'parts', ('stretch',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_one):
        t_8 = []
        if l_1_one is missing:
            l_1_one = undefined("parameter 'one' was not provided", name='one')
        pass
        for l_2_stretch in environment.getattr(l_1_one, 'stretches'):
            l_2_once = resolve('once')
            _loop_vars = {}
            pass
            if environment.getattr(l_2_stretch, 'pin'):
                pass
                t_8.extend((
                    '<span class="claim s-',
                    escape(environment.getattr(environment.getattr(environment.getattr(l_2_stretch, 'pin'), 'mark'), 'look')),
                    '" id="t-',
                    escape(environment.getattr(environment.getattr(l_2_stretch, 'pin'), 'anchor')),
                    '">',
                    escape(context.call((undefined(name='parts') if l_0_parts is missing else l_0_parts), l_2_stretch, _loop_vars=_loop_vars)),
                    '</span>',
                    escape(context.call((undefined(name='once') if l_2_once is missing else l_2_once), (undefined(name='pin') if l_0_pin is missing else l_0_pin), environment.getattr(l_2_stretch, 'pin'), name=environment.getattr(environment.getattr(l_2_stretch, 'pin'), 'anchor'), _loop_vars=_loop_vars)),
                ))
            else:
                pass
                t_8.append(
                    escape(context.call((undefined(name='parts') if l_0_parts is missing else l_0_parts), l_2_stretch, _loop_vars=_loop_vars)),
                )
        l_2_stretch = l_2_once = missing
        return concat(t_8)
    context.exported_vars.add('line')
    context.vars['line'] = l_0_line = Macro(environment, macro, 'line', ('one',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_mark):
        t_9 = []
        if l_1_mark is missing:
            l_1_mark = undefined("parameter 'mark' was not provided", name='mark')
        pass
        t_9.extend((
            '<span class="mark s-',
            escape(environment.getattr(l_1_mark, 'look')),
            '"><span class="glyph" aria-hidden="true">',
            escape(environment.getattr(l_1_mark, 'glyph')),
            '</span> ',
            escape(environment.getattr(l_1_mark, 'word')),
            '</span>',
        ))
        return concat(t_9)
    context.exported_vars.add('mark')
    context.vars['mark'] = l_0_mark = Macro(environment, macro, 'mark', ('mark',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_runs):
        t_10 = []
        if l_1_runs is missing:
            l_1_runs = undefined("parameter 'runs' was not provided", name='runs')
        pass
        for l_2_run in l_1_runs:
            _loop_vars = {}
            pass
            for l_3_one in environment.getattr(l_2_run, 'marks'):
                l_3_OPEN = resolve('OPEN')
                _loop_vars = {}
                pass
                t_10.append(
                    escape(environment.getitem((undefined(name='OPEN') if l_3_OPEN is missing else l_3_OPEN), l_3_one)),
                )
            l_3_one = l_3_OPEN = missing
            if environment.getattr(l_2_run, 'link'):
                pass
                t_10.extend((
                    '<a href="',
                    escape(environment.getattr(l_2_run, 'link')),
                    '" rel="noreferrer">',
                    escape(environment.getattr(l_2_run, 'text')),
                    '</a>',
                ))
            else:
                pass
                t_10.append(
                    escape(environment.getattr(l_2_run, 'text')),
                )
            for l_3_one in t_4(environment.getattr(l_2_run, 'marks')):
                l_3_CLOSE = resolve('CLOSE')
                _loop_vars = {}
                pass
                t_10.append(
                    escape(environment.getitem((undefined(name='CLOSE') if l_3_CLOSE is missing else l_3_CLOSE), l_3_one)),
                )
            l_3_one = l_3_CLOSE = missing
        l_2_run = missing
        return concat(t_10)
    context.exported_vars.add('printed')
    context.vars['printed'] = l_0_printed = Macro(environment, macro, 'printed', ('runs',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_work):
        t_11 = []
        if l_1_work is missing:
            l_1_work = undefined("parameter 'work' was not provided", name='work')
        pass
        if environment.getattr(l_1_work, 'retracted'):
            pass
            t_11.append(
                '<strong class="alert"><span aria-hidden="true">⚠</span> retracted</strong>',
            )
        else:
            pass
            t_11.append(
                escape(environment.getattr(l_1_work, 'outcome')),
            )
        for l_2_notice in environment.getattr(l_1_work, 'notices'):
            _loop_vars = {}
            pass
            t_11.extend((
                '<span class="notice">',
                escape(environment.getattr(l_2_notice, 'kind')),
            ))
            if environment.getattr(l_2_notice, 'date'):
                pass
                t_11.extend((
                    ', ',
                    escape(environment.getattr(l_2_notice, 'date')[:10]),
                ))
            if environment.getattr(l_2_notice, 'link'):
                pass
                t_11.extend((
                    ': <a href="',
                    escape(environment.getattr(l_2_notice, 'link')),
                    '" rel="noreferrer">',
                    escape(environment.getattr(l_2_notice, 'doi')),
                    '</a>',
                ))
            elif environment.getattr(l_2_notice, 'doi'):
                pass
                t_11.extend((
                    ': ',
                    escape(environment.getattr(l_2_notice, 'doi')),
                ))
            t_11.append(
                '</span>',
            )
        l_2_notice = missing
        return concat(t_11)
    context.exported_vars.add('standing')
    context.vars['standing'] = l_0_standing = Macro(environment, macro, 'standing', ('work',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_anchor, l_1_key):
        t_12 = []
        l_1_works = resolve('works')
        if l_1_anchor is missing:
            l_1_anchor = undefined("parameter 'anchor' was not provided", name='anchor')
        if l_1_key is missing:
            l_1_key = undefined("parameter 'key' was not provided", name='key')
        pass
        if l_1_anchor:
            pass
            t_12.extend((
                '<a href="#',
                escape(l_1_anchor),
                '"><bdi>',
                escape(environment.getattr(environment.getitem((undefined(name='works') if l_1_works is missing else l_1_works), l_1_anchor), 'short')),
                '</bdi></a>',
            ))
        else:
            pass
            t_12.extend((
                '<bdi>',
                escape(l_1_key),
                '</bdi>',
            ))
        return concat(t_12)
    context.exported_vars.add('named')
    context.vars['named'] = l_0_named = Macro(environment, macro, 'named', ('anchor', 'key'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_one, l_1_kind):
        t_13 = []
        l_1_once = resolve('once')
        if l_1_one is missing:
            l_1_one = undefined("parameter 'one' was not provided", name='one')
        if l_1_kind is missing:
            l_1_kind = undefined("parameter 'kind' was not provided", name='kind')
        pass
        t_13.extend((
            '<figure class="passage ',
            escape(l_1_kind),
            '">\n<blockquote dir="auto">',
        ))
        if environment.getattr(l_1_one, 'before'):
            pass
            t_13.extend((
                '<span class="around">',
                escape(environment.getattr(l_1_one, 'before')),
                ' </span>',
            ))
        t_13.extend((
            '<mark>',
            escape(environment.getattr(l_1_one, 'text')),
            '</mark>',
        ))
        if environment.getattr(l_1_one, 'cut'):
            pass
            t_13.extend((
                ' <span class="note">[the passage goes on for ',
                escape(context.call(environment.getattr('{:,}', 'format'), environment.getattr(l_1_one, 'cut'))),
                ' characters more]</span>',
            ))
        if environment.getattr(l_1_one, 'after'):
            pass
            t_13.extend((
                '<span class="around"> ',
                escape(environment.getattr(l_1_one, 'after')),
                '</span>',
            ))
        t_13.extend((
            '</blockquote>\n<figcaption>',
            escape(context.call((undefined(name='once') if l_1_once is missing else l_1_once), (undefined(name='named') if l_0_named is missing else l_0_named), environment.getattr(l_1_one, 'work'), environment.getattr(l_1_one, 'key'), name=markup_join((environment.getattr(l_1_one, 'work'), ' ', environment.getattr(l_1_one, 'key'), )))),
        ))
        if environment.getattr(l_1_one, 'locator'):
            pass
            t_13.extend((
                ', <bdi>',
                escape(environment.getattr(l_1_one, 'locator')),
                '</bdi>',
            ))
        t_13.append(
            ' · <span',
        )
        if (environment.getattr(l_1_one, 'basis') == 'abstract only'):
            pass
            t_13.append(
                ' class="strong"',
            )
        t_13.extend((
            '>',
            escape(environment.getattr(l_1_one, 'basis')),
            '</span> · <bdi>',
            escape(environment.getattr(l_1_one, 'origin')),
            '</bdi>',
        ))
        if (not t_5(environment.getattr(l_1_one, 'confidence'))):
            pass
            t_13.extend((
                ', ',
                escape(environment.getattr(l_1_one, 'relation')),
                ', confidence ',
                escape(t_1('%.2f', environment.getattr(l_1_one, 'confidence'))),
            ))
        t_13.append(
            '</figcaption>\n',
        )
        if environment.getattr(l_1_one, 'reason'):
            pass
            t_13.extend((
                '<p class="alert">no longer holds: ',
                escape(environment.getattr(l_1_one, 'reason')),
                '</p>',
            ))
        for l_2_conflict in environment.getattr(l_1_one, 'conflicts'):
            _loop_vars = {}
            pass
            t_13.extend((
                '<p class="alert"><span aria-hidden="true">≠</span> differs: ',
                escape(l_2_conflict),
                '</p>',
            ))
        l_2_conflict = missing
        t_13.append(
            '</figure>',
        )
        return concat(t_13)
    context.exported_vars.add('quoted')
    context.vars['quoted'] = l_0_quoted = Macro(environment, macro, 'quoted', ('one', 'kind'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_one):
        t_14 = []
        l_1_once = resolve('once')
        if l_1_one is missing:
            l_1_one = undefined("parameter 'one' was not provided", name='one')
        pass
        t_14.extend((
            '<li>',
            escape(context.call((undefined(name='once') if l_1_once is missing else l_1_once), (undefined(name='mark') if l_0_mark is missing else l_0_mark), environment.getattr(l_1_one, 'mark'), name=environment.getattr(environment.getattr(l_1_one, 'mark'), 'look'))),
            ' by <bdi class="strong">',
            escape(environment.getattr(l_1_one, 'by')),
            '</bdi>',
        ))
        if environment.getattr(l_1_one, 'key'):
            pass
            t_14.extend((
                ' on ',
                escape(context.call((undefined(name='once') if l_1_once is missing else l_1_once), (undefined(name='named') if l_0_named is missing else l_0_named), environment.getattr(l_1_one, 'work'), environment.getattr(l_1_one, 'key'), name=markup_join((environment.getattr(l_1_one, 'work'), ' ', environment.getattr(l_1_one, 'key'), )))),
            ))
        t_14.extend((
            ', <time datetime="',
            escape(environment.getattr(l_1_one, 'at')),
            '">',
            escape(environment.getattr(l_1_one, 'at')[:10]),
            '</time>',
        ))
        if environment.getattr(l_1_one, 'note'):
            pass
            t_14.extend((
                '<p class="note" dir="auto">',
                escape(environment.getattr(l_1_one, 'note')),
                '</p>',
            ))
        if environment.getattr(l_1_one, 'reason'):
            pass
            t_14.extend((
                '<p class="alert"><span aria-hidden="true">↻</span> no longer holds: ',
                escape(environment.getattr(l_1_one, 'reason')),
                '</p>',
            ))
        if environment.getattr(l_1_one, 'then'):
            pass
            t_14.append(
                '<p class="then" dir="auto"><span class="label">then and now</span> ',
            )
            for l_2_change in environment.getattr(l_1_one, 'then'):
                _loop_vars = {}
                pass
                if (environment.getattr(l_2_change, 'kind') == 'gone'):
                    pass
                    t_14.extend((
                        '<del>',
                        escape(environment.getattr(l_2_change, 'text')),
                        '</del> ',
                    ))
                elif (environment.getattr(l_2_change, 'kind') == 'new'):
                    pass
                    t_14.extend((
                        '<ins>',
                        escape(environment.getattr(l_2_change, 'text')),
                        '</ins> ',
                    ))
                else:
                    pass
                    t_14.extend((
                        escape(environment.getattr(l_2_change, 'text')),
                        ' ',
                    ))
            l_2_change = missing
            t_14.append(
                '</p>',
            )
        t_14.append(
            '</li>',
        )
        return concat(t_14)
    context.exported_vars.add('said')
    context.vars['said'] = l_0_said = Macro(environment, macro, 'said', ('one',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_work):
        t_15 = []
        l_1_once = resolve('once')
        if l_1_work is missing:
            l_1_work = undefined("parameter 'work' was not provided", name='work')
        pass
        t_15.extend((
            '<li dir="auto">',
            escape(context.call((undefined(name='once') if l_1_once is missing else l_1_once), (undefined(name='printed') if l_0_printed is missing else l_0_printed), environment.getattr(l_1_work, 'runs'), name=environment.getattr(l_1_work, 'anchor'))),
        ))
        if (environment.getattr(l_1_work, 'link') and (not environment.getattr(l_1_work, 'printed_link'))):
            pass
            t_15.extend((
                ' <a href="',
                escape(environment.getattr(l_1_work, 'link')),
                '" rel="noreferrer">',
                escape((environment.getattr(l_1_work, 'doi') or environment.getattr(l_1_work, 'link'))),
                '</a>',
            ))
        t_15.extend((
            ' <span class="note">',
            escape(context.call((undefined(name='once') if l_1_once is missing else l_1_once), (undefined(name='standing') if l_0_standing is missing else l_0_standing), l_1_work, name=environment.getattr(l_1_work, 'anchor'))),
            ' · ',
            escape(environment.getattr(l_1_work, 'basis')),
            '</span></li>',
        ))
        return concat(t_15)
    context.exported_vars.add('reference')
    context.vars['reference'] = l_0_reference = Macro(environment, macro, 'reference', ('work',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_counts):
        t_16 = []
        if l_1_counts is missing:
            l_1_counts = undefined("parameter 'counts' was not provided", name='counts')
        pass
        t_16.extend((
            '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="',
            escape(t_1('%.0f', environment.getattr(l_1_counts, 'cited_percent'))),
            ' % cited, ',
            escape(t_1('%.0f', environment.getattr(l_1_counts, 'supported_percent'))),
            ' % supported"><rect class="track" x="0" y="0" width="100" height="10"/><rect class="thin" x="0" y="6.5" width="',
            escape(t_1('%.2f', environment.getattr(l_1_counts, 'cited_percent'))),
            '" height="3.5"/><rect class="full" x="0" y="0" width="',
            escape(t_1('%.2f', environment.getattr(l_1_counts, 'supported_percent'))),
            '" height="10"/></svg>',
        ))
        return concat(t_16)
    context.exported_vars.add('coverage')
    context.vars['coverage'] = l_0_coverage = Macro(environment, macro, 'coverage', ('counts',), False, False, False, context.eval_ctx.autoescape)
    yield '<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="'
    yield escape((undefined(name='policy') if l_0_policy is missing else l_0_policy))
    yield '">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n<meta name="generator" content="exocite '
    yield escape((undefined(name='version') if l_0_version is missing else l_0_version))
    yield '">\n<title>'
    yield escape(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'title'))
    yield ' · annotated copy</title>\n<style>'
    yield escape((undefined(name='style') if l_0_style is missing else l_0_style))
    yield '</style>\n</head>\n<body>\n<a class="skip" href="#'
    yield escape(environment.getattr(environment.getitem(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'pages'), 0), 'anchor'))
    yield '">To the article</a>\n<header class="masthead">\n<p class="eyebrow">Annotated copy</p>\n<h1 dir="auto">'
    yield escape(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'title'))
    yield '</h1>\n<p class="made">'
    for l_1_page in environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'pages'):
        _loop_vars = {}
        pass
        yield '<span><bdi>'
        yield escape(environment.getattr(l_1_page, 'path'))
        yield '</bdi></span> '
    l_1_page = missing
    yield '<span><time datetime="'
    yield escape(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'made'))
    yield '">'
    yield escape(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'made')[:10])
    yield '</time></span>'
    if environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'revision'):
        pass
        yield ' <span>revision <bdi class="mono">'
        yield escape(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'revision'))
        yield '</bdi></span>'
    yield '</p>\n<dl class="figures">\n<div><dt>cited</dt><dd>'
    yield escape(t_1('%.0f', environment.getattr(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'coverage'), 'cited_percent')))
    yield ' %</dd><dd class="note">'
    yield escape(environment.getattr(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'coverage'), 'cited'))
    yield ' of '
    yield escape((environment.getattr(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'coverage'), 'claims') - environment.getattr(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'coverage'), 'exempt')))
    yield ' claims</dd></div>\n<div><dt>supported</dt><dd>'
    yield escape(t_1('%.0f', environment.getattr(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'coverage'), 'supported_percent')))
    yield ' %</dd><dd class="note">'
    yield escape(environment.getattr(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'coverage'), 'supported'))
    yield ' of '
    yield escape((environment.getattr(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'coverage'), 'claims') - environment.getattr(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'coverage'), 'exempt')))
    yield ' claims</dd></div>\n<div><dt>not checked</dt><dd>'
    if (environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'not_checked') or environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'silent')):
        pass
        yield '<a href="#not-checked">'
        yield escape((t_2(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'not_checked')) + t_2(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'silent'))))
        yield '</a>'
    else:
        pass
        yield '0'
    yield '</dd><dd class="note">'
    if (environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'not_checked') or environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'silent')):
        pass
        yield 'listed below'
    else:
        pass
        yield 'nothing was left out'
    yield '</dd></div>\n</dl>\n<ul class="legend" aria-label="Marks">\n'
    for (l_1_one, l_1_count) in (undefined(name='marks') if l_0_marks is missing else l_0_marks):
        _loop_vars = {}
        pass
        yield '<li>'
        yield escape(context.call((undefined(name='mark') if l_0_mark is missing else l_0_mark), l_1_one, _loop_vars=_loop_vars))
        yield ' '
        yield escape(l_1_count)
        yield '</li>\n'
    l_1_one = l_1_count = missing
    yield '</ul>\n<p class="caveat">Verdicts are people’s. '
    if environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'suggested'):
        pass
        yield 'What is only suggested is marked as such and proves nothing.'
    else:
        pass
        yield escape((undefined(name='not_suggested') if l_0_not_suggested is missing else l_0_not_suggested))
    yield '</p>\n</header>\n<nav class="tools" aria-label="Claims" hidden>\n<button type="button" id="previous">← <span>previous</span></button>\n<button type="button" id="next"><span>next</span> →</button>\n<label>show <select id="show"><option value="">all claims</option>'
    for (l_1_one, l_1_count) in (undefined(name='marks') if l_0_marks is missing else l_0_marks):
        _loop_vars = {}
        pass
        yield '<option value="'
        yield escape(environment.getattr(l_1_one, 'look'))
        yield '">'
        yield escape(environment.getattr(l_1_one, 'word'))
        yield ' ('
        yield escape(l_1_count)
        yield ')</option>'
    l_1_one = l_1_count = missing
    yield '</select></label>\n<label>find <input type="search" id="find" autocomplete="off"></label>\n<button type="button" id="keys" aria-haspopup="dialog">keys</button>\n<p id="told" role="status" aria-live="polite"></p>\n</nav>\n<main>\n'
    l_0_top = (2 if (t_2(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'pages')) > 1) else 1)
    context.vars['top'] = l_0_top
    context.exported_vars.add('top')
    for l_1_page in environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'pages'):
        _loop_vars = {}
        pass
        yield '<section class="sheet" id="'
        yield escape(environment.getattr(l_1_page, 'anchor'))
        yield '" aria-label="'
        yield escape(environment.getattr(l_1_page, 'title'))
        yield '">\n<article class="text" lang="">\n'
        if (t_2(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'pages')) > 1):
            pass
            yield '<p class="eyebrow" lang="en">'
            yield escape(environment.getattr(l_1_page, 'path'))
            yield '</p><h2 class="title" dir="auto">'
            yield escape(environment.getattr(l_1_page, 'title'))
            yield '</h2>'
        for l_2_group in environment.getattr(l_1_page, 'shown'):
            l_2_depth = resolve('depth')
            _loop_vars = {}
            pass
            if (environment.getattr(l_2_group, 'kind') == 'title'):
                pass
                yield '<p class="title" dir="auto">'
                yield escape(context.call((undefined(name='line') if l_0_line is missing else l_0_line), environment.getitem(environment.getattr(l_2_group, 'lines'), 0), _loop_vars=_loop_vars))
                yield '</p>\n'
            elif (environment.getattr(l_2_group, 'kind') == 'heading'):
                pass
                l_2_depth = t_3(environment, [(environment.getattr(environment.getitem(environment.getattr(l_2_group, 'lines'), 0), 'level') + (undefined(name='top') if l_0_top is missing else l_0_top)), 6])
                _loop_vars['depth'] = l_2_depth
                yield '<h'
                yield escape((undefined(name='depth') if l_2_depth is missing else l_2_depth))
                yield ' dir="auto">'
                yield escape(context.call((undefined(name='line') if l_0_line is missing else l_0_line), environment.getitem(environment.getattr(l_2_group, 'lines'), 0), _loop_vars=_loop_vars))
                yield '</h'
                yield escape((undefined(name='depth') if l_2_depth is missing else l_2_depth))
                yield '>\n'
            elif (environment.getattr(l_2_group, 'kind') == 'list item'):
                pass
                yield '<ul>\n'
                for l_3_one in environment.getattr(l_2_group, 'lines'):
                    _loop_vars = {}
                    pass
                    yield '<li class="l'
                    yield escape(t_3(environment, [environment.getattr(l_3_one, 'level'), 5]))
                    yield '" dir="auto">'
                    yield escape(context.call((undefined(name='line') if l_0_line is missing else l_0_line), l_3_one, _loop_vars=_loop_vars))
                    yield '</li>\n'
                l_3_one = missing
                yield '</ul>\n'
            elif (environment.getattr(l_2_group, 'kind') == 'quotation'):
                pass
                yield '<blockquote>'
                for l_3_one in environment.getattr(l_2_group, 'lines'):
                    _loop_vars = {}
                    pass
                    yield '<p dir="auto">'
                    yield escape(context.call((undefined(name='line') if l_0_line is missing else l_0_line), l_3_one, _loop_vars=_loop_vars))
                    yield '</p>'
                l_3_one = missing
                yield '</blockquote>\n'
            elif (environment.getattr(l_2_group, 'kind') == 'table'):
                pass
                yield '<div class="scroll" tabindex="0" role="group" aria-label="table"><table>'
                for l_3_one in environment.getattr(l_2_group, 'lines'):
                    _loop_vars = {}
                    pass
                    yield '<tr>'
                    for l_4_cell in environment.getattr(l_3_one, 'cells'):
                        _loop_vars = {}
                        pass
                        yield '<td dir="auto">'
                        yield escape(l_4_cell)
                        yield '</td>'
                    l_4_cell = missing
                    yield '</tr>'
                l_3_one = missing
                yield '</table></div>\n'
            elif (environment.getattr(l_2_group, 'kind') == 'reference'):
                pass
                yield '<ul class="listed">'
                for l_3_one in environment.getattr(l_2_group, 'lines'):
                    _loop_vars = {}
                    pass
                    yield '<li dir="auto">'
                    yield escape(context.call((undefined(name='line') if l_0_line is missing else l_0_line), l_3_one, _loop_vars=_loop_vars))
                    yield '</li>'
                l_3_one = missing
                yield '</ul>\n'
            elif (environment.getattr(l_2_group, 'kind') == 'code'):
                pass
                yield '<pre class="scroll" tabindex="0" dir="ltr">'
                yield escape(context.call((undefined(name='line') if l_0_line is missing else l_0_line), environment.getitem(environment.getattr(l_2_group, 'lines'), 0), _loop_vars=_loop_vars))
                yield '</pre>\n'
            else:
                pass
                yield '<p'
                if (environment.getattr(l_2_group, 'kind') in ('caption', 'byline')):
                    pass
                    yield ' class="'
                    yield escape(environment.getattr(l_2_group, 'kind'))
                    yield '"'
                yield ' dir="auto">'
                yield escape(context.call((undefined(name='line') if l_0_line is missing else l_0_line), environment.getitem(environment.getattr(l_2_group, 'lines'), 0), _loop_vars=_loop_vars))
                yield '</p>\n'
        l_2_group = l_2_depth = missing
        if environment.getattr(l_1_page, 'left_out'):
            pass
            yield '<p class="note" lang="en">Not shown here: '
            yield escape(environment.getattr(l_1_page, 'left_out'))
            yield '.</p>'
        yield '</article>\n<section class="cards" aria-label="What is known of each claim">\n<h2 class="endnotes">Claims</h2>\n'
        if (not environment.getattr(l_1_page, 'cards')):
            pass
            yield '<p class="note">No sentence of this article was taken for a claim.</p>'
        yield '<div class="deck">\n'
        for l_2_card in environment.getattr(l_1_page, 'cards'):
            l_2_once = resolve('once')
            _loop_vars = {}
            pass
            yield '<section class="card s-'
            yield escape(environment.getattr(environment.getattr(environment.getattr(l_2_card, 'pin'), 'mark'), 'look'))
            yield '" id="'
            yield escape(environment.getattr(environment.getattr(l_2_card, 'pin'), 'anchor'))
            yield '" data-look="'
            yield escape(environment.getattr(environment.getattr(environment.getattr(l_2_card, 'pin'), 'mark'), 'look'))
            yield '" data-state="'
            yield escape(environment.getattr(l_2_card, 'state'))
            yield '" tabindex="-1" aria-labelledby="h-'
            yield escape(environment.getattr(environment.getattr(l_2_card, 'pin'), 'anchor'))
            yield '">\n<h3 id="h-'
            yield escape(environment.getattr(environment.getattr(l_2_card, 'pin'), 'anchor'))
            yield '"><span class="number">'
            yield escape(environment.getattr(environment.getattr(l_2_card, 'pin'), 'number'))
            yield '</span> '
            yield escape(context.call((undefined(name='once') if l_2_once is missing else l_2_once), (undefined(name='mark') if l_0_mark is missing else l_0_mark), environment.getattr(environment.getattr(l_2_card, 'pin'), 'mark'), name=environment.getattr(environment.getattr(environment.getattr(l_2_card, 'pin'), 'mark'), 'look'), _loop_vars=_loop_vars))
            if environment.getattr(l_2_card, 'initials'):
                pass
                yield ' <bdi class="initials">'
                yield escape(environment.getattr(l_2_card, 'initials'))
                yield '</bdi>'
            yield '</h3>\n<p class="said" dir="auto">'
            yield escape(environment.getattr(l_2_card, 'text'))
            yield '</p>\n<p class="place"><a href="#t-'
            yield escape(environment.getattr(environment.getattr(l_2_card, 'pin'), 'anchor'))
            yield '"><bdi>'
            yield escape(environment.getattr(l_2_card, 'place'))
            yield '</bdi></a>'
            if environment.getattr(l_2_card, 'section'):
                pass
                yield ' · <bdi>'
                yield escape(environment.getattr(l_2_card, 'section'))
                yield '</bdi>'
            yield ' · '
            yield escape(environment.getattr(l_2_card, 'why'))
            yield '</p>\n'
            if environment.getattr(l_2_card, 'exemption'):
                pass
                yield '<p class="note">'
                yield escape(environment.getattr(l_2_card, 'exemption'))
                yield '</p>'
            if environment.getattr(l_2_card, 'verdicts'):
                pass
                yield '<ul class="verdicts">'
                for l_3_one in environment.getattr(l_2_card, 'verdicts'):
                    _loop_vars = {}
                    pass
                    yield escape(context.call((undefined(name='said') if l_0_said is missing else l_0_said), l_3_one, _loop_vars=_loop_vars))
                l_3_one = missing
                yield '</ul>'
            if environment.getattr(l_2_card, 'stale'):
                pass
                yield '<h4>No longer holds</h4><ul class="verdicts">'
                for l_3_one in environment.getattr(l_2_card, 'stale'):
                    _loop_vars = {}
                    pass
                    yield escape(context.call((undefined(name='said') if l_0_said is missing else l_0_said), l_3_one, _loop_vars=_loop_vars))
                l_3_one = missing
                yield '</ul>'
            if environment.getattr(l_2_card, 'passages'):
                pass
                yield '<h4>'
                yield escape(('Passage' if (t_2(environment.getattr(l_2_card, 'passages')) == 1) else 'Passages'))
                yield '</h4>'
                for l_3_one in environment.getattr(l_2_card, 'passages'):
                    _loop_vars = {}
                    pass
                    yield escape(context.call((undefined(name='quoted') if l_0_quoted is missing else l_0_quoted), l_3_one, ('accepted' if environment.getattr(l_3_one, 'accepted') else 'against'), _loop_vars=_loop_vars))
                l_3_one = missing
            if environment.getattr(l_2_card, 'moved'):
                pass
                yield '<h4>What it rested on</h4>'
                for l_3_one in environment.getattr(l_2_card, 'moved'):
                    _loop_vars = {}
                    pass
                    yield escape(context.call((undefined(name='quoted') if l_0_quoted is missing else l_0_quoted), l_3_one, 'moved', _loop_vars=_loop_vars))
                l_3_one = missing
            if environment.getattr(l_2_card, 'covered'):
                pass
                yield '<p class="note">'
                yield escape(environment.getattr(l_2_card, 'covered'))
                yield '</p>'
            if environment.getattr(l_2_card, 'works'):
                pass
                yield '<h4>'
                yield escape(('Reference' if (t_2(environment.getattr(l_2_card, 'works')) == 1) else 'References'))
                yield '</h4><ul class="references">'
                for l_3_anchor in environment.getattr(l_2_card, 'works'):
                    l_3_works = resolve('works')
                    _loop_vars = {}
                    pass
                    yield escape(context.call((undefined(name='once') if l_2_once is missing else l_2_once), (undefined(name='reference') if l_0_reference is missing else l_0_reference), environment.getitem((undefined(name='works') if l_3_works is missing else l_3_works), l_3_anchor), name=l_3_anchor, _loop_vars=_loop_vars))
                l_3_anchor = l_3_works = missing
                yield '</ul>'
            for l_3_one in environment.getattr(l_2_card, 'cited'):
                _loop_vars = {}
                pass
                if (not environment.getattr(l_3_one, 'work')):
                    pass
                    yield '<p class="note">the article cites <bdi>'
                    yield escape(environment.getattr(l_3_one, 'label'))
                    yield '</bdi>, which names no one entry of the bibliography</p>'
                elif (environment.getattr(l_3_one, 'part') or environment.getattr(l_3_one, 'locator')):
                    pass
                    yield '<p class="note">'
                    yield escape(context.call((undefined(name='named') if l_0_named is missing else l_0_named), environment.getattr(l_3_one, 'work'), environment.getattr(l_3_one, 'label'), _loop_vars=_loop_vars))
                    if environment.getattr(l_3_one, 'locator'):
                        pass
                        yield ', <bdi>'
                        yield escape(environment.getattr(l_3_one, 'locator'))
                        yield '</bdi>'
                    if environment.getattr(l_3_one, 'part'):
                        pass
                        yield ' is cited for “<bdi>'
                        yield escape(environment.getattr(l_3_one, 'part'))
                        yield '</bdi>”'
                    yield '</p>'
            l_3_one = missing
            if environment.getattr(l_2_card, 'suggestions'):
                pass
                yield '<div class="offers"><h4>'
                yield escape(('Other suggestions' if environment.getattr(l_2_card, 'passages') else 'Suggested, not judged'))
                yield '</h4>'
                for l_3_one in environment.getattr(l_2_card, 'suggestions'):
                    _loop_vars = {}
                    pass
                    yield escape(context.call((undefined(name='quoted') if l_0_quoted is missing else l_0_quoted), l_3_one, 'suggested', _loop_vars=_loop_vars))
                l_3_one = missing
                yield '</div>'
            if environment.getattr(l_2_card, 'none'):
                pass
                yield '<p class="note">No suggestion: '
                yield escape(environment.getattr(l_2_card, 'none'))
                yield '.</p>'
            yield '</section>\n'
        l_2_card = l_2_once = missing
        yield '</div>\n'
        if environment.getattr(l_1_page, 'gone'):
            pass
            yield '<section class="gone"><h3>Verdicts whose sentence is gone</h3><ul>'
            for l_2_one in environment.getattr(l_1_page, 'gone'):
                _loop_vars = {}
                pass
                yield '<li><bdi>'
                yield escape(environment.getattr(l_2_one, 'what'))
                yield '</bdi>: <q dir="auto">'
                yield escape(environment.getattr(l_2_one, 'text'))
                yield '</q></li>'
            l_2_one = missing
            yield '</ul></section>'
        yield '</section>\n</section>\n'
    l_1_page = missing
    yield '<section class="below" aria-labelledby="h-references">\n<h2 id="h-references">References</h2>\n'
    if environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'works'):
        pass
        yield '<div class="scroll" tabindex="0" role="group" aria-labelledby="h-references">\n<table class="sortable">\n<thead><tr><th scope="col" data-sort="text">work</th><th scope="col" data-sort="number">year</th><th scope="col" data-sort="number" aria-sort="descending">claims</th><th scope="col" data-sort="number">supported</th><th scope="col" data-sort="text">record</th><th scope="col" data-sort="text">text</th></tr></thead>\n<tbody>\n'
        for l_1_work in environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'works'):
            l_1_once = resolve('once')
            _loop_vars = {}
            pass
            yield '<tr id="'
            yield escape(environment.getattr(l_1_work, 'anchor'))
            yield '"><th scope="row" data-value="'
            yield escape(environment.getattr(l_1_work, 'short'))
            yield '" dir="auto">'
            yield escape(context.call((undefined(name='once') if l_1_once is missing else l_1_once), (undefined(name='printed') if l_0_printed is missing else l_0_printed), environment.getattr(l_1_work, 'runs'), name=environment.getattr(l_1_work, 'anchor'), _loop_vars=_loop_vars))
            if (environment.getattr(l_1_work, 'link') and (not environment.getattr(l_1_work, 'printed_link'))):
                pass
                yield ' <a href="'
                yield escape(environment.getattr(l_1_work, 'link'))
                yield '" rel="noreferrer">'
                yield escape((environment.getattr(l_1_work, 'doi') or environment.getattr(l_1_work, 'link')))
                yield '</a>'
            if environment.getattr(l_1_work, 'pins'):
                pass
                yield '<details><summary>claims that rest on it</summary><p class="pins">'
                for l_2_one in environment.getattr(l_1_work, 'pins'):
                    _loop_vars = {}
                    pass
                    yield escape(context.call((undefined(name='once') if l_1_once is missing else l_1_once), (undefined(name='pin') if l_0_pin is missing else l_0_pin), l_2_one, name=environment.getattr(l_2_one, 'anchor'), _loop_vars=_loop_vars))
                    yield ' '
                l_2_one = missing
                yield '</p></details>'
            yield '</th><td>'
            yield escape(environment.getattr(l_1_work, 'year'))
            yield '</td><td>'
            yield escape(t_2(environment.getattr(l_1_work, 'pins')))
            yield '</td><td>'
            yield escape(environment.getattr(l_1_work, 'supported'))
            yield '</td><td>'
            yield escape(context.call((undefined(name='once') if l_1_once is missing else l_1_once), (undefined(name='standing') if l_0_standing is missing else l_0_standing), l_1_work, name=environment.getattr(l_1_work, 'anchor'), _loop_vars=_loop_vars))
            yield '</td><td>'
            yield escape(environment.getattr(l_1_work, 'basis'))
            yield '</td></tr>\n'
        l_1_work = l_1_once = missing
        yield '</tbody>\n</table>\n</div>\n'
    else:
        pass
        yield '<p class="note">No claim rests on a work of the bibliography.</p>'
    yield '</section>\n'
    l_1_loop = missing
    for l_1_page, l_1_loop in LoopContext(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'pages'), undefined):
        _loop_vars = {}
        pass
        yield '<section class="below" aria-labelledby="h-coverage-'
        yield escape(environment.getattr(l_1_loop, 'index'))
        yield '">\n<h2 id="h-coverage-'
        yield escape(environment.getattr(l_1_loop, 'index'))
        yield '">Coverage'
        if (t_2(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'pages')) > 1):
            pass
            yield ' of <bdi>'
            yield escape(environment.getattr(l_1_page, 'title'))
            yield '</bdi>'
        yield '</h2>\n<div class="scroll" tabindex="0" role="group" aria-labelledby="h-coverage-'
        yield escape(environment.getattr(l_1_loop, 'index'))
        yield '">\n<table class="coverage">\n<thead><tr><th scope="col">section</th><th scope="col">claims</th><th scope="col">cited</th><th scope="col">supported</th><th scope="col"><span class="vh">bar</span></th></tr></thead>\n<tbody>\n<tr><th scope="row">all of it</th><td>'
        yield escape(environment.getattr(environment.getattr(l_1_page, 'coverage'), 'claims'))
        yield '</td><td>'
        yield escape(t_1('%.0f', environment.getattr(environment.getattr(l_1_page, 'coverage'), 'cited_percent')))
        yield ' %</td><td>'
        yield escape(t_1('%.0f', environment.getattr(environment.getattr(l_1_page, 'coverage'), 'supported_percent')))
        yield ' %</td><td>'
        yield escape(context.call((undefined(name='coverage') if l_0_coverage is missing else l_0_coverage), environment.getattr(l_1_page, 'coverage'), _loop_vars=_loop_vars))
        yield '</td></tr>\n'
        if (t_2(environment.getattr(l_1_page, 'sections')) > 1):
            pass
            for (l_2_name, l_2_counts) in environment.getattr(l_1_page, 'sections'):
                _loop_vars = {}
                pass
                yield '<tr><th scope="row" dir="auto">'
                yield escape((l_2_name or 'before the first heading'))
                yield '</th><td>'
                yield escape(environment.getattr(l_2_counts, 'claims'))
                yield '</td><td>'
                yield escape(t_1('%.0f', environment.getattr(l_2_counts, 'cited_percent')))
                yield ' %</td><td>'
                yield escape(t_1('%.0f', environment.getattr(l_2_counts, 'supported_percent')))
                yield ' %</td><td>'
                yield escape(context.call((undefined(name='coverage') if l_0_coverage is missing else l_0_coverage), l_2_counts, _loop_vars=_loop_vars))
                yield '</td></tr>\n'
            l_2_name = l_2_counts = missing
        yield '</tbody>\n</table>\n</div>\n<p class="note">The thick bar is what is supported, the thin one what is cited.</p>\n'
        if environment.getattr(l_1_page, 'rests'):
            pass
            yield '<h3>How much rests on one work</h3>\n<p class="note">'
            if (environment.getattr(l_1_page, 'resting') == 1):
                pass
                yield 'One claim rests on a work.'
            else:
                pass
                yield 'Of the '
                yield escape(environment.getattr(l_1_page, 'resting'))
                yield ' claims that rest on any work.'
            yield '</p>\n<div class="scroll" tabindex="0" role="group" aria-label="How much rests on one work">\n<table class="coverage">\n<thead class="vh"><tr><th scope="col">work</th><th scope="col">claims</th><th scope="col">share</th><th scope="col">bar</th></tr></thead>\n<tbody>\n'
            for l_2_bar in environment.getattr(l_1_page, 'rests'):
                _loop_vars = {}
                pass
                yield '<tr><th scope="row" dir="auto"><a href="#'
                yield escape(environment.getattr(l_2_bar, 'anchor'))
                yield '">'
                yield escape(environment.getattr(l_2_bar, 'label'))
                yield '</a></th><td>'
                yield escape(environment.getattr(l_2_bar, 'count'))
                yield '</td><td>'
                yield escape(t_1('%.0f', environment.getattr(l_2_bar, 'width')))
                yield ' %</td><td><svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="'
                yield escape(t_1('%.0f', environment.getattr(l_2_bar, 'width')))
                yield ' %"><rect class="track" x="0" y="0" width="100" height="10"/><rect class="full" x="0" y="0" width="'
                yield escape(environment.getattr(l_2_bar, 'width'))
                yield '" height="10"/></svg></td></tr>\n'
            l_2_bar = missing
            yield '</tbody>\n</table>\n</div>\n'
        if environment.getattr(environment.getattr(l_1_page, 'years'), 'bars'):
            pass
            yield '<h3>Years of the works</h3>\n<p class="note">Claims that rest on works of '
            yield escape(('each year' if (environment.getattr(environment.getattr(l_1_page, 'years'), 'step') == 1) else t_1('each %d years', environment.getattr(environment.getattr(l_1_page, 'years'), 'step'))))
            if environment.getattr(environment.getattr(l_1_page, 'years'), 'unknown'):
                pass
                yield '; '
                yield escape(environment.getattr(environment.getattr(l_1_page, 'years'), 'unknown'))
                yield ' on works without a year'
            yield '.</p>\n<div class="scroll" tabindex="0" role="group" aria-label="Years of the works">\n<svg class="years" viewBox="0 0 '
            yield escape(environment.getattr(environment.getattr(l_1_page, 'years'), 'width'))
            yield ' '
            yield escape(environment.getattr(environment.getattr(l_1_page, 'years'), 'height'))
            yield '" role="img" aria-label="'
            for l_2_bar in environment.getattr(environment.getattr(l_1_page, 'years'), 'bars'):
                _loop_vars = {}
                pass
                if environment.getattr(l_2_bar, 'count'):
                    pass
                    yield escape(environment.getattr(l_2_bar, 'label'))
                    yield ': '
                    yield escape(environment.getattr(l_2_bar, 'count'))
                    yield '. '
            l_2_bar = missing
            yield '">\n<line class="axis" x1="0" y1="'
            yield escape(environment.getattr(environment.getattr(l_1_page, 'years'), 'floor'))
            yield '" x2="'
            yield escape(environment.getattr(environment.getattr(l_1_page, 'years'), 'width'))
            yield '" y2="'
            yield escape(environment.getattr(environment.getattr(l_1_page, 'years'), 'floor'))
            yield '"/>\n'
            for l_2_bar in environment.getattr(environment.getattr(l_1_page, 'years'), 'bars'):
                _loop_vars = {}
                pass
                if environment.getattr(l_2_bar, 'count'):
                    pass
                    yield '<rect class="full" x="'
                    yield escape(environment.getattr(l_2_bar, 'x'))
                    yield '" y="'
                    yield escape(environment.getattr(l_2_bar, 'y'))
                    yield '" width="'
                    yield escape(environment.getattr(l_2_bar, 'width'))
                    yield '" height="'
                    yield escape(environment.getattr(l_2_bar, 'height'))
                    yield '"/><text class="count" x="'
                    yield escape(environment.getattr(l_2_bar, 'middle'))
                    yield '" y="'
                    yield escape((environment.getattr(l_2_bar, 'y') - 4))
                    yield '">'
                    yield escape(environment.getattr(l_2_bar, 'count'))
                    yield '</text>'
                if environment.getattr(l_2_bar, 'tick'):
                    pass
                    yield '<text x="'
                    yield escape(environment.getattr(l_2_bar, 'middle'))
                    yield '" y="'
                    yield escape((environment.getattr(environment.getattr(l_1_page, 'years'), 'height') - 6))
                    yield '">'
                    yield escape(environment.getattr(l_2_bar, 'tick'))
                    yield '</text>'
                yield '\n'
            l_2_bar = missing
            yield '</svg>\n</div>\n'
        yield '</section>\n'
    l_1_loop = l_1_page = missing
    yield '<section class="below" aria-labelledby="h-findings">\n<h2 id="h-findings">Findings</h2>\n'
    if environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'found'):
        pass
        yield '<ol class="findings">\n'
        for (l_1_finding, l_1_at) in environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'found'):
            l_1_once = resolve('once')
            _loop_vars = {}
            pass
            yield '<li><span class="strong">'
            yield escape(environment.getattr(l_1_finding, 'code'))
            yield '</span> '
            yield escape(environment.getattr(l_1_finding, 'severity'))
            yield ' · <bdi class="place">'
            yield escape(environment.getattr(l_1_finding, 'path'))
            if environment.getattr(l_1_finding, 'place'):
                pass
                yield ':'
                yield escape(environment.getattr(l_1_finding, 'place'))
            yield ':'
            yield escape(environment.getattr(l_1_finding, 'line'))
            yield ':'
            yield escape(environment.getattr(l_1_finding, 'column'))
            yield '</bdi>'
            if l_1_at:
                pass
                yield ' · '
                yield escape(context.call((undefined(name='once') if l_1_once is missing else l_1_once), (undefined(name='pin') if l_0_pin is missing else l_0_pin), l_1_at, name=environment.getattr(l_1_at, 'anchor'), _loop_vars=_loop_vars))
            yield '<br><span dir="auto">'
            yield escape(environment.getattr(l_1_finding, 'message'))
            yield '</span>'
            if environment.getattr(l_1_finding, 'help'):
                pass
                yield ' <span class="note" dir="auto">'
                yield escape(environment.getattr(l_1_finding, 'help'))
                yield '</span>'
            yield '</li>\n'
        l_1_finding = l_1_at = l_1_once = missing
        yield '</ol>\n'
    else:
        pass
        yield '<p class="note">The rules found nothing to report.</p>'
    if environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'old'):
        pass
        yield '<p class="note">'
        yield escape((undefined(name='left_out') if l_0_left_out is missing else l_0_left_out))
        yield '</p>'
    yield '</section>\n<section class="below" aria-labelledby="not-checked">\n<h2 id="not-checked">Not checked</h2>\n'
    if (environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'not_checked') or environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'silent')):
        pass
        yield '<ul class="unchecked">\n'
        for l_1_one in environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'not_checked'):
            _loop_vars = {}
            pass
            yield '<li><bdi class="strong">'
            yield escape(environment.getattr(l_1_one, 'subject'))
            yield '</bdi>: <span dir="auto">'
            yield escape(environment.getattr(l_1_one, 'reason'))
            yield '</span></li>\n'
        l_1_one = missing
        for l_1_key in environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'silent'):
            _loop_vars = {}
            pass
            yield '<li><bdi class="strong">'
            yield escape(l_1_key)
            yield '</bdi>: there is no text of it to compare a claim with</li>\n'
        l_1_key = missing
        yield '</ul>\n<p class="note">Not checked means just that: nobody has said whether it holds.</p>\n'
    else:
        pass
        yield '<p class="note">Everything that was asked for was checked.</p>'
    yield '</section>\n</main>\n<footer>Made by exocite '
    yield escape((undefined(name='version') if l_0_version is missing else l_0_version))
    yield '. The machine suggests, a person decides, the file remembers.</footer>\n<dialog id="help" aria-labelledby="h-help">\n<h2 id="h-help">Keys</h2>\n<dl><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next and previous claim</dd><dt><kbd>]</kbd> <kbd>[</kbd></dt><dd>next and previous claim without a verdict that holds</dd><dt><kbd>/</kbd></dt><dd>find</dd><dt><kbd>?</kbd></dt><dd>this help</dd></dl>\n<label><input type="checkbox" id="single" checked> single keys are on</label>\n<form method="dialog"><button>close</button></form>\n</dialog>\n<script>'
    yield escape((undefined(name='script') if l_0_script is missing else l_0_script))
    yield '</script>\n</body>\n</html>\n'

blocks = {}
debug_info = '3=51&4=58&6=72&7=77&9=98&10=103&12=128&13=135&15=145&16=150&18=187&19=192&20=202&22=237&23=245&25=264&26=274&27=277&28=305&29=340&30=347&33=362&34=370&35=395&36=402&39=440&40=448&42=469&43=476&48=489&52=491&53=493&54=495&57=497&60=499&61=501&63=519&64=525&65=531&68=547&71=557&76=564&82=576&83=579&84=583&86=587&87=594&88=598&89=603&90=614&91=617&93=627&94=638&95=655&96=666&97=674&100=683&104=689&106=693&107=698&108=708&109=719&110=721&111=733&112=738&113=747&114=756&115=766&116=774&117=779&118=791&119=815&120=826&124=834&130=850&135=853&136=858&137=870&144=898&145=902&146=904&147=912&151=914&152=922&153=928&159=940&161=943&166=952&167=956&173=970&175=973&177=980&178=995&179=1001&180=1004&190=1036&192=1039&193=1044&197=1076&201=1082&203=1085&205=1094&212=1106&219=1108'
