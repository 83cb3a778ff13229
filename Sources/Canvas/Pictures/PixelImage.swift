/// A picture of pixels, as it came from a server.
public struct PixelImage: Sendable, Hashable {
    /// Columns and rows of pixels.
    public let width: Int, height: Int
    /// Red, green and blue of each pixel as `0xRRGGBB`, row by row.
    public let pixels: [UInt32]
    /// How much of each pixel's ground it covers, 255 for all; empty where none shows through.
    public let opacity: [UInt8]

    /// Makes a picture; nil when the pixels don't fill it.
    public init?(width: Int, height: Int, pixels: [UInt32], opacity: [UInt8] = []) {
        guard width > 0, height > 0, pixels.count == width * height,
            opacity.isEmpty || opacity.count == pixels.count
        else { return nil }
        self.width = width
        self.height = height
        self.pixels = pixels
        self.opacity = opacity.allSatisfy { $0 == 255 } ? [] : opacity
    }

    /// The picture at another size: each pixel is the average of those that lie where it is.
    func scaled(to width: Int, _ height: Int) -> [UInt32] {
        var result: [UInt32] = []
        result.reserveCapacity(width * height)
        let columns = (0..<width).map { Self.box($0, of: width, over: self.width) }
        pixels.withUnsafeBufferPointer { pixels in
            for y in 0..<height {
                let rows = Self.box(y, of: height, over: self.height)
                for columns in columns { result.append(Self.average(pixels, columns, rows, self.width)) }
            }
        }
        return result
    }

    /// The pixels that one of fewer, or of more, stands for; never none.
    private static func box(_ index: Int, of count: Int, over total: Int) -> Range<Int> {
        let first = index * total / count
        return first..<max(first + 1, (index + 1) * total / count)
    }

    private static func average(
        _ pixels: UnsafeBufferPointer<UInt32>, _ columns: Range<Int>, _ rows: Range<Int>, _ width: Int
    ) -> UInt32 {
        var red = 0
        var green = 0
        var blue = 0
        for y in rows {
            for index in (y * width + columns.lowerBound)..<(y * width + columns.upperBound) {
                let pixel = Int(pixels[index])
                red += pixel >> 16 & 0xFF
                green += pixel >> 8 & 0xFF
                blue += pixel & 0xFF
            }
        }
        let count = columns.count * rows.count
        return UInt32((red / count) << 16 | (green / count) << 8 | blue / count)
    }
}
