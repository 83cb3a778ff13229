/// The colours that pictures are drawn in.
///
/// A terminal library never gives a pair of colours back, and has some 32,000 of them, 256 or 64. So pictures of
/// any number use the same few colours: with 141 of them, and no difference between a pair and its reverse, all
/// pairs that there can ever be fit beside those of a theme.
enum PictureColor {
    /// The colour that comes closest, in the terms of a terminal with 256 or with direct colour.
    static func rich(_ pixel: UInt32) -> Color {
        let (red, green, blue) = parts(pixel)
        let spread = max(red, green, blue) - min(red, green, blue)
        if spread < 24 { return greys[min(15, ((red + green + blue) / 3 + 8) / 17)] }
        func level(_ part: Int) -> Int { (part * 4 + 127) / 255 }
        return cube[level(red) * 25 + level(green) * 5 + level(blue)]
    }

    /// The colour that comes closest among the first 8 or 16 of a palette.
    static func plain(_ pixel: UInt32, among count: Int) -> Color {
        let (red, green, blue) = parts(pixel)
        var nearest = (index: 0, distance: Int.max)
        for index in 0..<min(count, named.count) {
            let other = parts(named[index])
            let (x, y, z) = (red - other.red, green - other.green, blue - other.blue)
            let distance = x * x + y * y + z * z
            if distance < nearest.distance { nearest = (index, distance) }
        }
        return Color(c16: UInt8(nearest.index))
    }

    /// How light a pixel looks, from 0 to 255.
    static func lightness(_ pixel: UInt32) -> Int {
        let (red, green, blue) = parts(pixel)
        return (red * 299 + green * 587 + blue * 114) / 1000
    }

    private static func parts(_ pixel: UInt32) -> (red: Int, green: Int, blue: Int) {
        (Int(pixel >> 16 & 0xFF), Int(pixel >> 8 & 0xFF), Int(pixel & 0xFF))
    }

    private static let greys = (0..<16).map { (level: Int) -> Color in
        let value = level * 17
        let rgb = UInt32(value << 16 | value << 8 | value)
        // The palette of 256 has 24 greys between black and white.
        let step = (value - 3) / 10
        let c256 = value < 4 ? 16 : value > 246 ? 231 : 232 + min(23, step)
        return Color(rgb: rgb, c256: UInt8(c256))
    }

    private static let cube = (0..<125).map { (index: Int) -> Color in
        let values = [index / 25, index / 5 % 5, index % 5].map { ($0 * 255 + 2) / 4 }
        let rgb = UInt32(values[0] << 16 | values[1] << 8 | values[2])
        // The levels of the cube of 256: 0, then 95 to 255 in steps of 40.
        let steps = values.map { $0 < 48 ? 0 : $0 < 115 ? 1 : ($0 - 35) / 40 }
        return Color(rgb: rgb, c256: UInt8(16 + steps[0] * 36 + steps[1] * 6 + steps[2]))
    }

    /// What most terminals show for the first 16 of their palette.
    private static let named: [UInt32] = [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]
}
