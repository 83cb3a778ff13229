/// A picture of few colours, drawn pixel by pixel and written as PNG.
struct Raster {
    struct Color: Sendable, Equatable {
        let red: UInt8
        let green: UInt8
        let blue: UInt8

        init(_ hexadecimal: Int) {
            red = UInt8(truncatingIfNeeded: hexadecimal >> 16)
            green = UInt8(truncatingIfNeeded: hexadecimal >> 8)
            blue = UInt8(truncatingIfNeeded: hexadecimal)
        }

        /// As the web writes it: `#90b040`.
        var text: String {
            "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }

    let width: Int
    let height: Int
    let palette: [Color]
    private var pixels: [UInt8]

    /// A picture all of the palette's first colour.
    init(width: Int, height: Int, palette: [Color]) {
        self.width = width
        self.height = height
        self.palette = palette
        pixels = Array(repeating: 0, count: width * height)
    }

    /// Draws a box; what lies outside the picture is left out.
    mutating func fill(x: Range<Int>, y: Range<Int>, _ color: Int) {
        let columns = x.clamped(to: 0..<width)
        for row in y.clamped(to: 0..<height) {
            for column in columns { pixels[row * width + column] = UInt8(color) }
        }
    }

    /// The picture as PNG: each row as its difference from the one above, which is mostly nothing.
    var png: [UInt8] {
        var rows: [UInt8] = []
        rows.reserveCapacity((width + 1) * height)
        for row in 0..<height {
            rows.append(2)
            let start = row * width
            for index in start..<start + width {
                rows.append(row == 0 ? pixels[index] : pixels[index] &- pixels[index - width])
            }
        }
        var png: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
        // Eight bits a pixel, by palette.
        png += Self.chunk("IHDR", Self.bytes(width) + Self.bytes(height) + [8, 3, 0, 0, 0])
        png += Self.chunk("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] })
        png += Self.chunk("IDAT", Deflate.zlib(rows))
        png += Self.chunk("IEND", [])
        return png
    }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + data
        return bytes(data.count) + named + bytes(Int(checksum(named)))
    }

    private static func bytes(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    private static let table: [UInt32] = (0..<256).map { number in
        (0..<8).reduce(UInt32(number)) { rest, _ in rest & 1 == 1 ? 0xedb8_8320 ^ rest >> 1 : rest >> 1 }
    }

    static func checksum(_ data: [UInt8]) -> UInt32 {
        ~data.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xff)] ^ $0 >> 8 }
    }
}
