import Canvas

extension Theme {
    /// The same at half the light, for a room that is dark; what was red stays red.
    package var dimmed: Theme { Theme(name: name, sheet: StyleSheet(sheet.styles.map(\.dimmed))) }
}

extension Style {
    fileprivate var dimmed: Style {
        var style = self
        style.foreground = foreground.dimmed
        style.background = background.dimmed
        if foreground == .terminal {
            style.attributes.insert(.dim)
        } else {
            // Many terminals make bold brighter.
            style.attributes.remove(.bold)
        }
        return style
    }
}

extension Color {
    /// The colour at about half its light, in every depth that it is given in.
    fileprivate var dimmed: Color {
        Color(
            rgb: rgb.map { ($0 >> 1) & 0x7F7F7F },
            c256: c256.map(Self.dimmed256),
            c16: c16.map { $0 > 8 ? $0 - 8 : $0 })
    }

    /// In the palette of 256: the cube of 6 levels for each of red, green and blue, and the greys behind it.
    private static func dimmed256(_ index: UInt8) -> UInt8 {
        switch index {
        case 9...15: return index - 8
        case 0...8: return index
        case 232...255: return 232 + (index - 232) / 2
        default:
            // The steps from dark to bright are not alike: half of the light of the fifth is that of the second.
            let half: [UInt8] = [0, 1, 1, 1, 2, 2]
            let place = index - 16
            let (red, green, blue) = (place / 36, place / 6 % 6, place % 6)
            return 16 + half[Int(red)] * 36 + half[Int(green)] * 6 + half[Int(blue)]
        }
    }
}
