import Canvas
import Testing

@Suite("Pictures in cells")
struct MosaicTests {
    private let rich = Capabilities(colors: 256, unicode: true, name: "test")

    private func image(_ width: Int, _ height: Int, _ pixel: (Int, Int) -> UInt32) throws -> PixelImage {
        let pixels = (0..<width * height).map { pixel($0 % width, $0 / width) }
        return try #require(PixelImage(width: width, height: height, pixels: pixels))
    }

    private func frame(_ mosaic: Mosaic, _ width: Int, _ height: Int, x: Int = 0, y: Int = 0) -> Frame {
        var frame = blank(width, height)
        frame.draw(mosaic, x, y)
        return frame
    }

    private func colors(_ frame: Frame, _ x: Int, _ y: Int) -> (upper: UInt32?, lower: UInt32?) {
        let look = frame.look(of: frame[x, y].style)
        switch frame[x, y].glyph {
        case 0x2580: return (look.foreground.rgb, look.background.rgb)
        case 0x2584: return (look.background.rgb, look.foreground.rgb)
        default: return (look.background.rgb, look.background.rgb)
        }
    }

    @Test("a picture must have as many pixels as it says")
    func whole() {
        #expect(PixelImage(width: 2, height: 2, pixels: [1, 2, 3]) == nil)
        #expect(PixelImage(width: 0, height: 2, pixels: []) == nil)
    }

    @Test("a cell shows the pixel above and the one below, in both orders")
    func halves() throws {
        let image = try image(2, 2) { x, y in x == y ? 0xFF0000 : 0x0000FF }
        let frame = frame(Mosaic(image, Size(2, 1), on: rich), 2, 1)
        #expect(colors(frame, 0, 0) == (0xFF0000, 0x0000FF))
        #expect(colors(frame, 1, 0) == (0x0000FF, 0xFF0000))
        // One pair of colours serves both.
        #expect(frame.ownStyles.count == 1)
    }

    @Test("a smaller picture has the average of the pixels, each counted once")
    func average() throws {
        let image = try image(4, 4) { x, _ in x < 2 ? 0x000000 : x == 2 ? 0x404040 : 0xC0C0C0 }
        let frame = frame(Mosaic(image, Size(2, 1), on: rich), 2, 1)
        #expect(colors(frame, 0, 0) == (0x000000, 0x000000))
        #expect(colors(frame, 1, 0) == (0x888888, 0x888888))
    }

    @Test("a larger picture repeats its pixels, and any sizes fit")
    func sizes() throws {
        let image = try image(3, 2) { x, y in UInt32(x * 80) << 16 | UInt32(y * 200) }
        for size in [Size(1, 1), Size(7, 5), Size(200, 60), Size(0, 3), Size(3, 0)] {
            let mosaic = Mosaic(image, size, on: rich)
            #expect(mosaic.size == size)
            let frame = frame(mosaic, max(1, size.width), max(1, size.height))
            #expect(frame.ownStyles.count == Set(frame.ownStyles).count)
        }
    }

    @Test("whatever pictures hold, their pairs of colours fit beside those of a theme")
    func limited() throws {
        var random = SeededRandom(state: 7)
        let limits = [(256, 11_000), (1 << 24, 11_000), (16, 136), (8, 36)]
        for (colors, limit) in limits {
            var pairs: Set<Style> = []
            for _ in 0..<4 {
                let noise = try image(200, 120) { _, _ in UInt32.random(in: 0...0xFFFFFF, using: &random) }
                let terminal = Capabilities(colors: colors, unicode: true, name: "test")
                let frame = frame(Mosaic(noise, Size(200, 60), on: terminal), 200, 60)
                pairs.formUnion(frame.ownStyles)
            }
            #expect(pairs.count > 20 && pairs.count <= limit, "\(pairs.count) pairs of \(colors) colours")
            if colors <= 16 {
                #expect(pairs.allSatisfy { Int($0.background.c16 ?? 0) < colors && $0.background.rgb == nil })
            } else {
                #expect(pairs.allSatisfy { $0.background.c256 ?? 0 >= 16 && $0.background.rgb != nil })
            }
        }
    }

    @Test("greys of 256 are greys, and every colour has the number that looks like it")
    func numbers() throws {
        for (pixel, number) in [
            (0x000000, 16), (0xFFFFFF, 231), (0xFF0000, 196), (0x00FF00, 46), (0x888888, 245),
        ] as [(UInt32, UInt8)] {
            let frame = frame(Mosaic(try image(1, 2) { _, _ in pixel }, Size(1, 1), on: rich), 1, 1)
            #expect(frame.look(of: frame[0, 0].style).background.c256 == number, "\(pixel)")
        }
    }

    @Test("in ASCII with colours a cell is one pixel, and no sign is needed")
    func ascii() throws {
        let image = try image(3, 3) { _, y in y == 1 ? 0xFF0000 : 0xFFFFFF }
        let plain = Capabilities(colors: 8, unicode: false, name: "linux")
        let frame = frame(Mosaic(image, Size(3, 3), on: plain), 3, 3)
        #expect(frame.textLines() == ["", "", ""])
        #expect(frame.look(of: frame[0, 1].style).background.c16 == 1)
        #expect(frame.look(of: frame[0, 0].style).background.c16 == 7)
    }

    @Test("without colours the ground is blank and what differs from it most is densest")
    func shades() throws {
        for isDark in [false, true] {
            let ground: UInt32 = isDark ? 0x000000 : 0xFFFFFF
            let line: UInt32 = isDark ? 0xFFFFFF : 0x000000
            let image = try image(6, 3) { x, y in y == 1 ? line : y == 2 && x == 0 ? 0x808080 : ground }
            let mono = Capabilities(colors: 0, unicode: true, name: "vt100")
            #expect(
                frame(Mosaic(image, Size(6, 3), on: mono), 6, 3).textLines().prefix(2) == ["", "@@@@@@"])
        }
    }

    @Test("a picture stays inside the clip, and other cells keep their looks")
    func clipped() throws {
        let image = try image(8, 8) { _, _ in 0x00FF00 }
        let mosaic = Mosaic(image, Size(8, 8), on: rich)
        var frame = blank(6, 4)
        frame.put("abcdef", 0, 0, StyleID(3))
        frame.clipped(to: Rect(1, 1, 3, 2)) { $0.draw(mosaic, 0, 0) }
        for y in 0..<4 {
            for x in 0..<6 {
                let isInside = (1...3).contains(x) && (1...2).contains(y)
                #expect(frame.hasOwnStyle(frame[x, y]) == isInside)
            }
        }
        #expect(frame.look(of: frame[0, 0].style) == sheet[StyleID(3)])
    }
}
