/// A picture as cells of a terminal, made once and drawn often.
///
/// With colours and UTF-8 a cell shows two pixels, one above the other; in ASCII one; without colours a sign
/// that is the denser the more the pixel differs from the picture's ground.
public struct Mosaic: Sendable, Hashable {
    /// Columns and rows of cells.
    public let size: Size
    /// The looks that the cells refer to, each once.
    public let styles: [Style]
    let tiles: [Tile]

    struct Tile: Sendable, Hashable {
        var glyph: UInt32
        /// The place in `styles`.
        var style: UInt16
    }

    /// Fits a picture into so many cells, in the colours that a terminal has.
    ///
    /// - Parameter ground: what stands around it: its paper takes that background and its ink that foreground,
    ///   where they are known; else the paper is white.
    public init(_ image: PixelImage, _ size: Size, on terminal: Capabilities, ground: Style = Style()) {
        let size = Size(max(0, size.width), max(0, size.height))
        self.size = size
        guard size.width > 0, size.height > 0 else {
            (styles, tiles) = ([], [])
            return
        }
        var painter = Painter()
        let ownGround = terminal.colors < 8 ? Style() : ground
        let image = image.onGround(ownGround.background.rgb, ink: ownGround.foreground.rgb)
        if terminal.colors < 8 {
            painter.shade(image.scaled(to: size.width, size.height), width: size.width)
        } else {
            let height = terminal.unicode ? 2 * size.height : size.height
            let pixels = image.scaled(to: size.width, height).map { pixel -> Color in
                if pixel == ground.background.rgb { return ground.background }
                return terminal.colors < 256
                    ? PictureColor.plain(pixel, among: terminal.colors < 16 ? 8 : 16)
                    : PictureColor.rich(pixel)
            }
            for y in 0..<size.height {
                let upper = terminal.unicode ? 2 * y : y
                let lower = terminal.unicode ? 2 * y + 1 : y
                for x in 0..<size.width {
                    painter.cell(pixels[upper * size.width + x], pixels[lower * size.width + x])
                }
            }
        }
        styles = painter.styles
        tiles = painter.tiles
    }

    /// Puts tiles one behind the other.
    private struct Painter {
        var styles: [Style] = []
        var tiles: [Tile] = []
        private var places: [Style: UInt16] = [:]

        /// Two pixels: the pair is written in one order only, so that terminals need half as many.
        mutating func cell(_ upper: Color, _ lower: Color) {
            if upper == lower {
                tiles.append(Tile(glyph: 0x20, style: place(Style(background: upper))))
            } else if Self.precedes(upper, lower) {
                tiles.append(
                    Tile(glyph: 0x2580, style: place(Style(foreground: upper, background: lower))))
            } else {
                tiles.append(
                    Tile(glyph: 0x2584, style: place(Style(foreground: lower, background: upper))))
            }
        }

        /// Signs for pixels; what most of the picture's edge looks like is left blank.
        mutating func shade(_ pixels: [UInt32], width: Int) {
            let levels = pixels.map(PictureColor.lightness)
            let edge = levels.indices.filter { place in
                place < width || place >= levels.count - width || place % width == 0
                    || place % width == width - 1
            }.map { levels[$0] }.sorted()
            let ground = edge[edge.count / 2]
            let farthest = max(1, levels.map { abs($0 - ground) }.max() ?? 1)
            let style = place(Style())
            for level in levels {
                let step = abs(level - ground) * (Self.ramp.count - 1) / max(64, farthest)
                tiles.append(Tile(glyph: Self.ramp[step], style: style))
            }
        }

        private mutating func place(_ style: Style) -> UInt16 {
            if let known = places[style] { return known }
            let place = UInt16(clamping: styles.count)
            styles.append(style)
            places[style] = place
            return place
        }

        private static func precedes(_ one: Color, _ other: Color) -> Bool {
            func rank(_ color: Color) -> UInt32 { color.rgb ?? UInt32(color.c16 ?? 0) }
            return rank(one) > rank(other)
        }

        private static let ramp = Array(" .:-=+*#%@".utf8).map(UInt32.init)
    }
}

extension Frame {
    /// Draws a picture with its upper left cell at a place.
    public mutating func draw(_ mosaic: Mosaic, _ x: Int, _ y: Int) {
        let first = adopt(mosaic.styles)
        var index = 0
        for row in 0..<mosaic.size.height {
            for column in 0..<mosaic.size.width {
                let tile = mosaic.tiles[index]
                let style = StyleID(first + Int(tile.style))
                put(Cell(glyph: tile.glyph, style: style), x + column, y + row)
                index += 1
            }
        }
    }
}
