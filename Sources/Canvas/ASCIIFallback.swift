/// What a terminal without UTF-8 shows in place of a character.
public enum ASCIIFallback {
    /// One printable ASCII character that comes closest; `?` when none does.
    public static func character(for scalar: Unicode.Scalar) -> UInt8 {
        let value = scalar.value
        switch value {
        case 0x20..<0x7F: return UInt8(value)
        case 0xA0..<0x180: return latin[Int(value) - 0xA0]
        case 0x2500..<0x2580: return line(value)
        case 0x2581...0x2588: return Array("_.,-=+*#".utf8)[Int(value) - 0x2581]
        case 0x2589...0x258B, 0x258D...0x258F: return UInt8(ascii: "|")
        case 0x2800: return UInt8(ascii: " ")
        case 0x2801...0x28FF: return UInt8(ascii: ":")
        case 0xFF01...0xFF5E: return UInt8(value - 0xFEE0)
        default: return symbols[scalar] ?? UInt8(ascii: "?")
        }
    }

    private static func line(_ value: UInt32) -> UInt8 {
        switch value {
        case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x254C, 0x254D, 0x2574, 0x2576, 0x2578, 0x257A:
            UInt8(ascii: "-")
        case 0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x254E, 0x254F, 0x2551, 0x2575, 0x2577, 0x2579,
            0x257B:
            UInt8(ascii: "|")
        case 0x2550: UInt8(ascii: "=")
        case 0x2571: UInt8(ascii: "/")
        case 0x2572: UInt8(ascii: "\\")
        case 0x2573: UInt8(ascii: "X")
        default: UInt8(ascii: "+")
        }
    }

    private static let symbols: [Unicode.Scalar: UInt8] = {
        var table: [Unicode.Scalar: UInt8] = [:]
        for pair in [
            "●*", "○o", "◐%", "◔(", "◕)", "⊘/", "◑%", "◒%", "◓%", "◉@", "◌o", "•:", "∙.", "◆#", "◇o", "■=",
            "□o", "▪*",
            "▲^", "△^", "▴^", "▼v", "▽v", "▾v", "▶>", "▷>", "▸>", "◀<", "◁<", "◂<", "▌>", "▐|", "▀^",
            "▄_", "▖,", "░.", "▒:", "▓#", "…~", "‥.", "–-", "—-", "―-", "‐-", "‑-", "−-", "‘'", "’'", "‚,",
            "‛'", "“\"", "”\"", "„\"", "‹<", "›>", "†+", "‡+", "′'", "″\"", "‰%", "⁄/", "€E", "™T", "№N",
            "←<", "↑^", "→>", "↓v", "↔-", "↕|", "↖\\", "↗/", "↘\\", "↙/", "↵$", "⏎$", "↻@", "↺@", "⇒>",
            "⇐<", "⇑^", "⇓v", "✓+", "✔+", "✗x", "✘x", "✕x", "✖x", "×x", "★*", "☆*", "⚠!", "⚡!", "⏸=",
            "≤<", "≥>", "≠=", "≈~", "∞8", "√v", "∆^", "∑S", "Ωo", "Ωo", "µu", "μu", "πp", "⋯~", "⋮:",
            "�?", "ẞS", "ơo", "Ơo", "ưu", "ƯU", "ǎa", "șs", "țt", "ȘS", "ȚT",
        ] {
            let scalars = Array(pair.unicodeScalars)
            if scalars.count == 2 { table[scalars[0]] = UInt8(truncatingIfNeeded: scalars[1].value) }
        }
        return table
    }()

    /// U+00A0 to U+017F.
    private static let latin = Array(
        (" !cLoY|S\"ca<--r-" + "o+23'uP.,1o>????" + "AAAAAAACEEEEIIII" + "DNOOOOOxOUUUUYTs"
            + "aaaaaaaceeeeiiii" + "dnooooo/ouuuuyty" + "AaAaAaCcCcCcCcDd" + "DdEeEeEeEeEeGgGg"
            + "GgGgHhHhIiIiIiIi" + "IiIiJjKkkLlLlLlL" + "lLlNnNnNnnNnOoOo" + "OoOoRrRrRrSsSsSs"
            + "SsTtTtTtUuUuUuUu" + "UuUuWwYyYZzZzZzs").utf8)
}
