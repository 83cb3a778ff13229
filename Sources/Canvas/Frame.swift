/// A picture of the whole terminal: cells, and where the cursor stands.
///
/// Everything that draws writes into a frame, clipped; only the driver knows a terminal.
public struct Frame: Sendable {
    /// The size in cells.
    public let size: Size
    /// The styles that the cells refer to.
    public let sheet: StyleSheet
    /// The cells, row by row.
    public private(set) var cells: [Cell]
    /// Characters with marks on them, by index.
    public private(set) var clusters: [String] = []
    /// Looks of this frame alone, numbered behind those of the sheet: the colours of pictures, mostly none.
    public private(set) var ownStyles: [Style] = []
    /// Where the hardware cursor stands; nil hides it.
    public var cursor: (x: Int, y: Int)?

    private var clip: Rect
    private var clusterIndex: [String: UInt32] = [:]

    /// Makes an empty frame: blanks in one style.
    public init(size: Size, sheet: StyleSheet, style: StyleID = StyleID(0)) {
        let size = Size(max(0, size.width), max(0, size.height))
        self.size = size
        self.sheet = sheet
        clip = Rect(0, 0, size.width, size.height)
        cells = Array(repeating: Cell(glyph: 0x20, style: style), count: size.width * size.height)
    }

    /// The whole area.
    public var bounds: Rect { Rect(0, 0, size.width, size.height) }

    /// The cell at a place inside the frame.
    public subscript(x: Int, y: Int) -> Cell { cells[y * size.width + x] }

    /// What a cell shows as text; empty behind a wide character.
    public func text(of cell: Cell) -> String {
        if cell.isCluster { return clusters.indices.contains(cell.cluster) ? clusters[cell.cluster] : "?" }
        return cell.glyph == 0 ? "" : Unicode.Scalar(cell.glyph).map { String(Character($0)) } ?? "?"
    }

    /// What a style of the sheet, or of this frame alone, looks like.
    public func look(of style: StyleID) -> Style {
        let own = Int(style.index) - sheet.styles.count
        return ownStyles.indices.contains(own) ? ownStyles[own] : sheet[style]
    }

    /// Whether a cell has a look of this frame alone: the same number may stand for another in the next frame.
    public func hasOwnStyle(_ cell: Cell) -> Bool { Int(cell.style.index) >= sheet.styles.count }

    /// Takes looks that the sheet has not; gives the number of the first, the others follow.
    mutating func adopt(_ styles: [Style]) -> Int {
        let first = sheet.styles.count + ownStyles.count
        ownStyles += styles
        return first
    }

    /// Takes over the clusters and own looks of another frame, so that its cells mean the same here.
    mutating func copyLooks(of other: Frame) {
        clusters = other.clusters
        clusterIndex = other.clusterIndex
        ownStyles = other.ownStyles
    }

    /// Draws with everything outside a rectangle left untouched.
    ///
    /// Only a wide character that the edge cuts in two loses its outer half too, which becomes a blank.
    public mutating func clipped(to rect: Rect, _ draw: (inout Frame) -> Void) {
        let outer = clip
        clip = outer.intersection(rect)
        draw(&self)
        clip = outer
    }

    /// Fills a rectangle with blanks of a style.
    public mutating func fill(_ rect: Rect, _ style: StyleID) {
        let area = rect.intersection(clip)
        guard !area.isEmpty else { return }
        let blank = Cell(glyph: 0x20, style: style)
        for y in area.y..<area.maxY {
            let start = y * size.width
            unpair(start + area.x, area.x)
            unpair(start + area.maxX - 1, area.maxX - 1)
            for index in (start + area.x)..<(start + area.maxX) { cells[index] = blank }
        }
    }

    /// Copies a line of another frame of the same size and styles to a row; false, with nothing changed, where a
    /// cell means something in that frame alone or the line does not lie inside the clip.
    public mutating func copy(_ line: Rect, of other: Frame, to y: Int) -> Bool {
        let place = Rect(line.x, y, line.width, 1)
        guard other.size == size, other.sheet === sheet, line.height == 1, line.width > 0,
            bounds.intersection(line) == line, clip.intersection(place) == place
        else { return false }
        let source = (line.y * size.width + line.x)..<(line.y * size.width + line.maxX)
        let target = y * size.width + line.x
        guard
            other.clusters.isEmpty && other.ownStyles.isEmpty
                || other.cells[source].allSatisfy({ !$0.isCluster && !other.hasOwnStyle($0) })
        else { return false }
        unpair(target, line.x)
        unpair(target + line.width - 1, line.maxX - 1)
        cells.withUnsafeMutableBufferPointer { cells in
            other.cells.withUnsafeBufferPointer { other in
                let row = UnsafeMutableBufferPointer(rebasing: cells[target..<target + line.width])
                _ = row.update(fromContentsOf: other[source])
            }
        }
        return true
    }

    /// Whether a row has the same cells as in another frame of the same size.
    public func hasSameRow(_ y: Int, as other: Frame) -> Bool {
        let row = y * size.width..<(y + 1) * size.width
        guard size == other.size, cells.indices.contains(row.lowerBound) else { return false }
        // Without a branch for each cell, so that several are compared at once.
        var difference: UInt64 = 0
        cells.withUnsafeBytes { cells in
            other.cells.withUnsafeBytes { other in
                for index in row {
                    difference |=
                        cells.load(fromByteOffset: index * 8, as: UInt64.self)
                        ^ other.load(fromByteOffset: index * 8, as: UInt64.self)
                }
            }
        }
        return difference == 0
    }

    /// Changes the style of what already stands in a rectangle; a wide character that its edge cuts in two
    /// keeps its own.
    public mutating func restyle(_ rect: Rect, _ style: (StyleID) -> StyleID) {
        let area = rect.intersection(clip)
        guard !area.isEmpty else { return }
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX {
                let index = y * size.width + x
                let isCut =
                    cells[index].width == 0 && x == area.x || cells[index].width == 2 && x + 1 == area.maxX
                if !isCut { cells[index].style = style(cells[index].style) }
            }
        }
    }

    /// Writes a text from a place on, cut at `width` columns and at the clip; gives back the columns used.
    ///
    /// Control and bidi characters are replaced even when a text was not cleaned before.
    @discardableResult
    public mutating func put(
        _ text: String, _ x: Int, _ y: Int, _ style: StyleID, width: Int = .max
    ) -> Int {
        write(text, x, y, style, width)
    }

    /// Writes a part of a text as `put(_:_:_:_:width:)` writes a whole one.
    @discardableResult
    public mutating func put(
        _ text: Substring, _ x: Int, _ y: Int, _ style: StyleID, width: Int = .max
    ) -> Int {
        write(text, x, y, style, width)
    }

    // Generic here alone: across modules a generic function is not specialised, and every cell goes through this.
    private mutating func write(
        _ text: some StringProtocol, _ x: Int, _ y: Int, _ style: StyleID, _ width: Int
    ) -> Int {
        let plain = text.utf8.withContiguousStorageIfAvailable { bytes -> Int? in
            guard bytes.allSatisfy({ $0 >= 32 && $0 < 127 }) else { return nil }
            let count = min(bytes.count, max(0, width))
            for column in 0..<count { set(Cell(glyph: UInt32(bytes[column]), style: style), x + column, y) }
            return count
        }
        if let columns = plain ?? nil { return columns }
        var column = 0
        var glyphs = Glyphs(text)
        while let glyph = glyphs.next(), column + glyph.width <= width {
            let cell = Cell(
                glyph: index(glyph.base, glyph.marks), style: style, width: UInt8(glyph.width))
            set(cell, x + column, y)
            column += glyph.width
        }
        return column
    }

    private mutating func index(_ base: Unicode.Scalar, _ marks: [Unicode.Scalar]) -> UInt32 {
        if marks.isEmpty { return base.value }
        let cluster = String(String.UnicodeScalarView([base] + marks))
        if let known = clusterIndex[cluster] { return known }
        let index = 0x8000_0000 | UInt32(clusters.count)
        clusters.append(cluster)
        clusterIndex[cluster] = index
        return index
    }

    /// Writes one cell of one column.
    mutating func put(_ cell: Cell, _ x: Int, _ y: Int) { set(cell, x, y) }

    private mutating func set(_ cell: Cell, _ x: Int, _ y: Int) {
        guard y >= clip.y, y < clip.maxY, x < clip.maxX else { return }
        let isWide = cell.width == 2
        if x < clip.x || isWide && x + 1 == clip.maxX {
            // Half of a wide character is a blank.
            if isWide, x == clip.x - 1 || x >= clip.x {
                set(Cell(glyph: 0x20, style: cell.style), max(x, clip.x), y)
            }
            return
        }
        let index = y * size.width + x
        unpair(index, x)
        if isWide {
            unpair(index + 1, x + 1)
            cells[index + 1] = Cell(glyph: 0, style: cell.style, width: 0)
        }
        cells[index] = cell
    }

    /// Overwriting one half of a wide character leaves a blank in the other half.
    private mutating func unpair(_ index: Int, _ x: Int) {
        let old = cells[index]
        if old.width == 2, x + 1 < size.width {
            cells[index + 1] = Cell(glyph: 0x20, style: old.style)
        } else if old.width == 0, x > 0 {
            cells[index - 1] = Cell(glyph: 0x20, style: old.style)
        }
    }
}
