internal import CNcurses

/// Characters with marks on them, numbered from draw to draw.
struct Clusters {
    private var known: [String: UInt32?] = [:]
    private var texts: [[Unicode.Scalar]] = []

    /// How many there are; texts of servers may bring new ones for ever.
    var count: Int { texts.count }

    /// The number of a cluster, with the top bit set; nil when the terminal would give it other columns.
    mutating func index(of text: String, width: Int) -> UInt32? {
        if let index = known[text] { return index }
        let scalars = Array(text.unicodeScalars)
        let fits =
            scalars.count <= 5 && Self.width(scalars.first?.value ?? 0) == width
            && scalars.dropFirst().allSatisfy { Self.width($0.value) == 0 }
        let index = fits ? 0x8000_0000 | UInt32(texts.count) : nil
        if fits { texts.append(scalars) }
        known[text] = .some(index)
        return index
    }

    /// The scalars of a glyph.
    func scalars(_ glyph: UInt32) -> [Unicode.Scalar] {
        if glyph & 0x8000_0000 == 0 { return Unicode.Scalar(glyph).map { [$0] } ?? [] }
        let index = Int(glyph & 0x7FFF_FFFF)
        return index < texts.count ? texts[index] : []
    }

    /// The columns that the C library gives a scalar, as most terminals do.
    static func width(_ scalar: UInt32) -> Int { Int(nc_width(scalar)) }
}
