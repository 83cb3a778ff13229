import Testing

@testable import Canvas

@Suite("Pictures on the ground of a theme")
struct GroundTests {
    private let dark = Style(
        foreground: Color(rgb: 0xC5CDD8), background: Color(rgb: 0x11151C, c256: 233, c16: 0))
    private let rich = Capabilities(colors: 1 << 24, unicode: true, name: "")

    private func image(_ pixels: [UInt32], opacity: [UInt8] = []) throws -> PixelImage {
        try #require(PixelImage(width: pixels.count, height: 1, pixels: pixels, opacity: opacity))
    }

    @Test("white paper and what is transparent become the ground, black ink the text, and colours stay")
    func recoloured() throws {
        let white = try image([0xFFFFFF, 0x000000, 0x90B040, 0xFFFFFF, 0xFFFFFF])
        #expect(
            white.onGround(0x11151C, ink: 0xC5CDD8).pixels == [
                0x11151C, 0xC5CDD8, 0x90B040, 0x11151C, 0x11151C,
            ])
        let clear = try image([0, 0, 0x90B040], opacity: [0, 255, 255])
        #expect(clear.onGround(0x11151C, ink: 0xC5CDD8).pixels == [0x11151C, 0xC5CDD8, 0x90B040])
    }

    @Test("without a known ground paper is white, and a picture that is dark already stays as it is")
    func kept() throws {
        let clear = try image([0x000000, 0xFF0000], opacity: [0, 255])
        #expect(clear.onGround(nil, ink: nil).pixels == [0xFFFFFF, 0xFF0000])
        let night = try image([0x101010, 0x202020, 0x90B040])
        #expect(night.onGround(0x11151C, ink: 0xC5CDD8).pixels == night.pixels)
    }

    @Test("the paper of a mosaic has the very colour of the theme, at every depth")
    func exact() throws {
        let paper = try #require(
            PixelImage(width: 8, height: 8, pixels: [UInt32](repeating: 0xFFFFFF, count: 64)))
        for colors in [16, 256, 1 << 24] {
            let terminal = Capabilities(colors: colors, unicode: true, name: "")
            let mosaic = Mosaic(paper, Size(4, 2), on: terminal, ground: dark)
            #expect(mosaic.styles.map(\.background) == [dark.background])
        }
    }
}
