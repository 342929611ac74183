"""Covers and portraits: flat, geometric, drawn by signed distances so that every edge is smooth at any size."""
import numpy as np


class Canvas:
    def __init__(self, size, colour):
        self.size = size
        self.y, self.x = np.mgrid[0:size, 0:size] / size
        self.rgb = np.empty((size, size, 3))
        self.rgb[:] = rgb(colour)

    def paint(self, distance, colour, alpha=1.0):
        cover = np.clip(0.5 - distance * self.size, 0, 1)[..., None] * alpha
        self.rgb = self.rgb * (1 - cover) + rgb(colour) * cover
        return self

    def circle(self, cx, cy, r):
        return np.hypot(self.x - cx, self.y - cy) - r

    def ring(self, cx, cy, r, width):
        return np.abs(self.circle(cx, cy, r)) - width / 2

    def rect(self, x0, y0, x1, y1):
        return np.maximum(np.maximum(x0 - self.x, self.x - x1), np.maximum(y0 - self.y, self.y - y1))

    def convex(self, *points):
        """A convex shape, corners clockwise as seen on the picture."""
        out = np.full_like(self.x, -9.0)
        for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1]):
            length = np.hypot(bx - ax, by - ay)
            out = np.maximum(out, ((self.x - ax) * (by - ay) - (self.y - ay) * (bx - ax)) / length)
        return out

    def ellipse_ring(self, cx, cy, rx, ry, width, tilt):
        c, s = np.cos(tilt), np.sin(tilt)
        u, v = (self.x - cx) * c + (self.y - cy) * s, -(self.x - cx) * s + (self.y - cy) * c
        k = np.hypot(u / rx, v / ry)
        slope = np.hypot(u / rx ** 2, v / ry ** 2) / np.maximum(k, 1e-6)
        return np.abs(k - 1) / np.maximum(slope, 1e-6) - width / 2

    def bytes(self):
        return np.clip(np.round(self.rgb * 255), 0, 255).astype(np.uint8).tobytes()


def rgb(colour):
    return np.array([int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)])


def night_train(n):
    c = Canvas(n, "#264653")
    c.paint(c.circle(.74, .24, .115), "#e9c46a")
    c.paint(c.convex((.78, .42), (1.10, .98), (.46, .98)), "#1f7a70")
    c.paint(c.convex((.38, .30), (.82, 1.05), (-.06, 1.05)), "#2a9d8f")
    c.paint(c.convex((.38, .30), (.457, .431), (.38, .47), (.303, .431)), "#e8efe9")
    c.paint(c.rect(-1, .86, 2, 2), "#16303a")
    for i in range(7):
        c.paint(c.rect(.06 + .13 * i, .895, .13 + .13 * i, .935), "#e9c46a")
    return c


def winter_light(n):
    c = Canvas(n, "#5f0f40")
    c.paint(c.circle(.5, .40, .235), "#e36414")
    c.paint(c.circle(.5, .40, .150), "#fb8b24")
    c.paint(c.circle(.5, .40, .070), "#fff1d6")
    c.paint(c.convex((.14, .66), (.62, 1.02), (-.34, 1.02)), "#9a031e")
    c.paint(c.convex((.80, .58), (1.32, 1.02), (.28, 1.02)), "#7a0b2e")
    c.paint(c.rect(-1, .90, 2, 2), "#fff1d6")
    for x, y, r in ((.12, .16, .014), (.27, .30, .010), (.83, .12, .016), (.90, .33, .010), (.70, .08, .009), (.18, .48, .012), (.86, .50, .011)):
        c.paint(c.circle(x, y, r), "#fff1d6")
    return c


def field_notes(n):
    c = Canvas(n, "#3d405b")
    for r in (.12, .20, .28, .36, .44):
        c.paint(c.ring(.5, .5, r, .036), "#f2cc8f")
    c.paint(c.circle(.5, .5, .05), "#e07a5f")
    c.paint(np.maximum(c.rect(.46, -1, .54, 2), -c.circle(.5, .5, .075)), "#81b29a")
    return c


def low_orbit(n):
    c = Canvas(n, "#10002b")
    for i in range(26):
        c.paint(c.circle((i * .379 + .07) % 1, (i * .617 + .11) % 1, .0035 + .002 * (i % 3)), "#e0aaff")
    ring = c.ellipse_ring(.5, .54, .46, .13, .022, -.42)
    c.paint(ring, "#e0aaff")
    c.paint(c.circle(.5, .54, .25), "#9d4edd")
    c.paint(np.maximum(c.circle(.5, .54, .25), -c.circle(.42, .47, .26)), "#5a189a")
    front = np.maximum(ring, (.54 - c.y) + (c.x - .5) * -.4466)
    c.paint(front, "#e0aaff")
    c.paint(c.circle(.86, .30, .035), "#ff9e00")
    return c


def harbour_hymns(n):
    c = Canvas(n, "#023047")
    c.paint(c.circle(.66, .36, .27), "#fdf0d5")
    c.paint(c.rect(-1, .60, 2, 2), "#669bbc")
    for i, (y, w) in enumerate(((.66, .24), (.72, .19), (.78, .14), (.84, .09), (.90, .05))):
        c.paint(c.rect(.66 - w, y, .66 + w, y + .018), "#fdf0d5")
    c.paint(c.convex((.20, .24), (.245, .60), (.155, .60)), "#c1121f")
    c.paint(c.rect(.172, .36, .228, .41), "#fdf0d5")
    c.paint(c.rect(.13, .585, .27, .62), "#780000")
    c.paint(c.circle(.20, .225, .026), "#ffb703")
    return c


def quiet_cartographers(n):
    c = Canvas(n, "#2a9d8f")
    for i, (r, tone) in enumerate(((.46, "#e9c46a"), (.36, "#f4a261"), (.26, "#e76f51"), (.15, "#264653"))):
        c.paint(np.maximum(c.circle(.5, .52, r), .52 - c.y if i % 2 else c.y - .52), tone)
    c.paint(c.rect(.485, .04, .515, .96), "#fefae0")
    c.paint(c.convex((.5, .06), (.56, .20), (.44, .20)), "#fefae0")
    return c


def yuki_arai(n):
    c = Canvas(n, "#ffd6c2")
    c.paint(c.circle(.5, 1.05, .44), "#5f0f40")
    c.paint(c.circle(.5, .43, .23), "#2b0a22")
    c.paint(c.circle(.5, .47, .165), "#fff1e4")
    c.paint(np.maximum(c.circle(.5, .43, .23), c.y - .40), "#2b0a22")
    c.paint(c.convex((.5, .66), (.62, .86), (.5, 1.0), (.38, .86)), "#fb8b24")
    return c


def ada_okonkwo(n):
    c = Canvas(n, "#f2cc8f")
    c.paint(c.circle(.5, 1.06, .46), "#81b29a")
    c.paint(c.rect(.43, .55, .57, .74), "#6b3f2a")
    c.paint(c.circle(.5, .36, .27), "#3d405b")
    c.paint(c.circle(.5, .47, .165), "#7d4a32")
    c.paint(np.maximum(c.circle(.5, .36, .27), c.y - .37), "#3d405b")
    c.paint(c.rect(.28, .335, .72, .385), "#e07a5f")
    c.paint(c.circle(.345, .60, .022), "#e07a5f")
    c.paint(c.circle(.655, .60, .022), "#e07a5f")
    return c


def parallax_club(n):
    c = Canvas(n, "#240046")
    for i, tone in enumerate(("#ff6d00", "#ff9e00", "#e0aaff", "#9d4edd")):
        x = .18 + .17 * i
        c.paint(c.convex((x, .14), (x + .16, .14), (x + .06, .86), (x - .10, .86)), tone, .92)
    c.paint(c.circle(.72, .30, .13), "#fefae0")
    return c


def playlist(n, a, b, d):
    c = Canvas(n, a)
    c.paint(c.convex((-1, -1), (2, -1), (-1, 2)), b)
    c.paint(c.ring(.5, .5, .27, .07), d)
    c.paint(c.circle(.5, .5, .09), d)
    return c


def morning_tram(n):
    return playlist(n, "#d93f2b", "#f2bd3f", "#fffdfa")


def winter_list(n):
    return playlist(n, "#23395b", "#8ea8c3", "#fffdfa")
