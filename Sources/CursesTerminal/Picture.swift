internal import Canvas

/// A frame as one terminal can show it, kept from draw to draw to find what changed.
struct Picture {
    /// What a cell shows: compared as a whole.
    struct Spot: Hashable {
        /// A scalar, or with the top bit set an index in ``Clusters``; 0 behind a wide character.
        var glyph: UInt32
        var pen: UInt16
        var width: UInt8
    }

    /// Whether the terminal shows only ASCII.
    let isASCII: Bool
    /// Whether erasing fills with the colour in use; then long blanks may keep the pen of the text before.
    let erasesInColor: Bool
    private(set) var clusters = Clusters()

    init(isASCII: Bool, erasesInColor: Bool) {
        self.isASCII = isASCII
        self.erasesInColor = erasesInColor
    }

    /// One row of a frame.
    mutating func row(_ y: Int, of frame: Frame, width: Int, _ pens: inout Pens) -> [Spot] {
        var row: [Spot] = []
        row.reserveCapacity(width)
        var x = 0
        while x < width {
            let cell = frame[x, y]
            if cell.glyph == 0x20 {
                x = blanks(from: x, y, of: frame, width, &row, &pens)
                continue
            }
            let isWide = cell.width == 2 && x + 1 < width
            show(cell, of: frame, isWide, pens.number(cell.style), &row)
            x += isWide ? 2 : 1
        }
        return row
    }

    private mutating func show(
        _ cell: Cell, of frame: Frame, _ isWide: Bool, _ pen: UInt16, _ row: inout [Spot]
    ) {
        let glyph = cell.isCluster ? cluster(frame.text(of: cell), cell.width) : scalar(cell)
        // What the terminal would give other columns than Canvas does is shown as a question mark.
        let isKnown = glyph != nil && (cell.width == 2) == isWide
        if isKnown, isWide, !isASCII {
            row.append(Spot(glyph: glyph ?? 0x3F, pen: pen, width: 2))
            row.append(Spot(glyph: 0, pen: pen, width: 0))
        } else {
            row.append(Spot(glyph: isKnown ? glyph ?? 0x3F : 0x3F, pen: pen, width: 1))
            if isWide { row.append(Spot(glyph: 0x20, pen: pen, width: 1)) }
        }
    }

    private func scalar(_ cell: Cell) -> UInt32? {
        if cell.glyph < 0x7F { return cell.glyph >= 0x20 ? cell.glyph : nil }
        if isASCII { return Unicode.Scalar(cell.glyph).map { UInt32(ASCIIFallback.character(for: $0)) } }
        return Clusters.width(cell.glyph) == Int(cell.width) ? cell.glyph : nil
    }

    private mutating func cluster(_ text: String, _ width: UInt8) -> UInt32? {
        if isASCII { return text.unicodeScalars.first.map { UInt32(ASCIIFallback.character(for: $0)) } }
        return clusters.index(of: text, width: Int(width))
    }

    /// Blanks in a row are drawn with the pen of the text before them where that looks the same: a change of
    /// pen costs some twenty bytes.
    private mutating func blanks(
        from start: Int, _ y: Int, of frame: Frame, _ width: Int, _ row: inout [Spot], _ pens: inout Pens
    ) -> Int {
        let own = pens.number(frame[start, y].style)
        let ground = pens.pens[Int(own)]
        var end = start + 1
        while end < width, frame[end, y].glyph == 0x20 {
            let pen = pens.number(frame[end, y].style)
            guard pen == own || pens.pens[Int(pen)].hasSameGround(ground) else { break }
            end += 1
        }
        var pen = own
        if ground.isOpen {
            // At the beginning of a row, that of the text behind them.
            let before = row.last?.pen ?? (end < width ? pens.number(frame[end, y].style) : nil)
            let isJoined = before.map { pens.pens[Int($0)].hasSameGround(ground) } ?? false
            if isJoined, let before, erasesInColor || end - start <= 8 {
                pen = before
            } else {
                pen = pens.number(Pen(groundOf: ground))
            }
        }
        for _ in start..<end { row.append(Spot(glyph: 0x20, pen: pen, width: 1)) }
        return end
    }
}
