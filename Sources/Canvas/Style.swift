/// A colour in every depth a terminal may have; the driver takes the best that it can show.
public struct Color: Sendable, Hashable {
    /// 24-bit value `0xRRGGBB` for terminals with direct colour; nil takes `c256`.
    public var rgb: UInt32?
    /// Index in the 256-colour palette; nil takes `c16`.
    public var c256: UInt8?
    /// Index in the 16-colour palette: 0 to 7 and their bright 8 to 15; nil is the terminal's own colour.
    public var c16: UInt8?

    /// Makes a colour.
    public init(rgb: UInt32? = nil, c256: UInt8? = nil, c16: UInt8? = nil) {
        self.rgb = rgb
        self.c256 = c256
        self.c16 = c16
    }

    /// The terminal's own foreground or background.
    public static let terminal = Color()
}

/// How a cell looks.
public struct Style: Sendable, Hashable {
    /// Foreground and background.
    public var foreground: Color, background: Color
    /// Attributes; a terminal without one leaves it away.
    public var attributes: Attributes

    /// Makes a style.
    public init(
        foreground: Color = .terminal, background: Color = .terminal, attributes: Attributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// What a terminal can do to a character besides colour.
    public struct Attributes: OptionSet, Sendable, Hashable {
        /// The bits.
        public let rawValue: UInt8
        /// Makes a set from bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Bold, dim, underlined, reversed, italic.
        public static let bold = Attributes(rawValue: 1)
        /// Fainter than normal.
        public static let dim = Attributes(rawValue: 2)
        /// Underlined.
        public static let underline = Attributes(rawValue: 4)
        /// Foreground and background swapped.
        public static let reverse = Attributes(rawValue: 8)
        /// Slanted.
        public static let italic = Attributes(rawValue: 16)
    }
}

/// A number that stands for a style of a frame's sheet.
public struct StyleID: Sendable, Hashable {
    /// The index in the sheet.
    public let index: UInt16
    /// Makes an identifier.
    public init(_ index: Int) { self.index = UInt16(truncatingIfNeeded: index) }
}

/// The styles that a frame's cells refer to; made once per theme and terminal.
public final class StyleSheet: Sendable {
    /// The styles by index.
    public let styles: [Style]
    /// Makes a sheet.
    public init(_ styles: [Style]) { self.styles = styles }
    /// The style behind an identifier; the first one for an index that the sheet has not.
    public subscript(_ id: StyleID) -> Style {
        styles.indices.contains(Int(id.index)) ? styles[Int(id.index)] : (styles.first ?? Style())
    }
}
