/// A picture on another ground than the white paper that servers draw on.
extension PixelImage {
    /// Colours that differ by less between red, green and blue are paper, ink, or something between them.
    private static let greySpread = 24

    /// The picture with its paper in one colour and its ink in another; what has a colour of its own keeps it.
    ///
    /// - Parameters:
    ///   - ground: the colour of the paper; nil leaves it white.
    ///   - ink: the colour of what is black on it; nil leaves it black, or makes it white on a dark ground.
    func onGround(_ ground: UInt32?, ink: UInt32?) -> PixelImage {
        let paper: UInt32 = 0xFFFFFF
        guard ground != nil || !opacity.isEmpty else { return self }
        let target = ground ?? paper
        let isDark = PictureColor.lightness(target) < 128
        let dark = ink ?? (isDark ? paper : 0)
        let recolours = ground != nil && hasLightPaper
        let changed = pixels.indices.map { place -> UInt32 in
            var pixel = pixels[place]
            if recolours, Self.spread(pixel) < Self.greySpread {
                pixel = Self.mixed(dark, target, PictureColor.lightness(pixel))
            }
            return opacity.isEmpty ? pixel : Self.mixed(target, pixel, Int(opacity[place]))
        }
        return PixelImage(width: width, height: height, pixels: changed) ?? self
    }

    /// Whether most of its edge is light, or shows what lies below it.
    private var hasLightPaper: Bool {
        let edge = pixels.indices.filter { place in
            place < width || place >= pixels.count - width || place % width == 0 || place % width == width - 1
        }
        let light = edge.count { place in
            let isClear = !opacity.isEmpty && opacity[place] < 128
            return isClear || PictureColor.lightness(pixels[place]) >= 128
        }
        return 2 * light > edge.count
    }

    private static func spread(_ pixel: UInt32) -> Int {
        let parts = [pixel >> 16 & 0xFF, pixel >> 8 & 0xFF, pixel & 0xFF].map { Int($0) }
        return (parts.max() ?? 0) - (parts.min() ?? 0)
    }

    /// A colour so far on the way from one to another, of 255.
    private static func mixed(_ one: UInt32, _ other: UInt32, _ share: Int) -> UInt32 {
        var result: UInt32 = 0
        for shift in [16, 8, 0] as [UInt32] {
            let (a, b) = (Int(one >> shift & 0xFF), Int(other >> shift & 0xFF))
            result |= UInt32((a * (255 - share) + b * share + 127) / 255) << shift
        }
        return result
    }
}
