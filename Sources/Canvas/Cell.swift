/// What one cell shows: 8 bytes, compared as a whole.
public struct Cell: Sendable, Hashable {
    /// A Unicode scalar; or, with the top bit set, an index in the frame's clusters; 0 behind a wide character.
    public var glyph: UInt32
    /// The style.
    public var style: StyleID
    /// The columns the glyph covers: 1 or 2, and 0 for the cell behind a wide one.
    public var width: UInt8
    /// Makes the eight bytes whole, so that rows can be compared as numbers.
    private let rest: UInt8 = 0

    /// Makes a cell.
    public init(glyph: UInt32, style: StyleID, width: UInt8 = 1) {
        self.glyph = glyph
        self.style = style
        self.width = width
    }

    /// Whether the glyph is an index in the frame's clusters.
    public var isCluster: Bool { glyph & 0x8000_0000 != 0 }
    /// The index in the frame's clusters.
    public var cluster: Int { Int(glyph & 0x7FFF_FFFF) }
}
