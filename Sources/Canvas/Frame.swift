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
    /// Clusters of more than one scalar, by index.
    public private(set) var clusters: [String] = []
    /// Where the hardware cursor stands; nil hides it.
    public var cursor: (x: Int, y: Int)?

    private var clip: Rect

    /// Makes an empty frame: blanks in one style.
    public init(size: Size, sheet: StyleSheet, style: StyleID = StyleID(0)) {
        self.size = size
        self.sheet = sheet
        clip = Rect(0, 0, size.width, size.height)
        cells = Array(
            repeating: Cell(glyph: 0x20, style: style), count: max(0, size.width) * max(0, size.height))
    }

    /// The whole area.
    public var bounds: Rect { Rect(0, 0, size.width, size.height) }

    /// The cell at a place inside the frame.
    public subscript(x: Int, y: Int) -> Cell { cells[y * size.width + x] }

    /// What a cell shows as text; empty behind a wide character.
    public func text(of cell: Cell) -> String {
        if cell.isCluster { return clusters[cell.cluster] }
        return cell.glyph == 0 ? "" : Unicode.Scalar(cell.glyph).map { String(Character($0)) } ?? "?"
    }

    /// Draws with everything outside a rectangle left untouched.
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
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX { set(Cell(glyph: 0x20, style: style), x, y) }
        }
    }

    /// Changes the style of what already stands in a rectangle.
    public mutating func restyle(_ rect: Rect, _ style: (StyleID) -> StyleID) {
        let area = rect.intersection(clip)
        guard !area.isEmpty else { return }
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX {
                cells[y * size.width + x].style = style(cells[y * size.width + x].style)
            }
        }
    }

    /// Writes a text from a place on, cut at `width` columns and at the clip; gives back the columns used.
    ///
    /// Control and bidi characters are replaced even when a text was not cleaned before.
    @discardableResult
    public mutating func put(
        _ text: some StringProtocol, _ x: Int, _ y: Int, _ style: StyleID, width: Int = .max
    ) -> Int {
        var column = 0
        for character in text {
            let columns: Int
            if let ascii = character.asciiValue {
                columns = 1
                guard column < width else { break }
                set(
                    Cell(glyph: ascii >= 32 && ascii < 127 ? UInt32(ascii) : 0x3F, style: style), x + column,
                    y)
            } else {
                columns = CharacterWidth.of(character)
                guard columns > 0 else { continue }
                guard column + columns <= width else { break }
                set(Cell(glyph: glyph(character), style: style, width: UInt8(columns)), x + column, y)
            }
            column += columns
        }
        return column
    }

    private mutating func glyph(_ character: Character) -> UInt32 {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return 0x3F }
        if CleanText.isHostile(first) { return 0xFFFD }
        if scalars.count == 1 { return first.value }
        let cluster = String(String.UnicodeScalarView(scalars.prefix(5).filter { !CleanText.isHostile($0) }))
        if let known = clusters.firstIndex(of: cluster) { return 0x8000_0000 | UInt32(known) }
        clusters.append(cluster)
        return 0x8000_0000 | UInt32(clusters.count - 1)
    }

    private mutating func set(_ cell: Cell, _ x: Int, _ y: Int) {
        guard y >= clip.y, y < clip.maxY, x >= clip.x, x < clip.maxX else { return }
        let index = y * size.width + x
        unpair(index, x)
        if cell.width == 2 {
            guard x + 1 < clip.maxX else {
                cells[index] = Cell(glyph: 0x20, style: cell.style)
                return
            }
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
