public import Canvas
internal import CPNG

/// Files in the Portable Network Graphics format.
public enum PNG {
    /// The largest file that is looked at, in bytes.
    public static let largestFile = 8 << 20
    /// The most pixels that are decoded: a small file may claim to be a picture of any size.
    public static let mostPixels = 4 << 20

    /// Decodes a file, with how much of it is transparent.
    ///
    /// Safe with any bytes, and may run on any thread.
    public static func decode(_ bytes: [UInt8]) throws(PNGError) -> PixelImage {
        guard bytes.count <= largestFile else { throw .tooLarge("\(bytes.count >> 10) kB") }
        guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else { throw .notPNG }
        var words = [CChar](repeating: 0, count: 128)
        var width: UInt32 = 0
        var height: UInt32 = 0
        guard cpng_size(bytes, bytes.count, &width, &height, &words, words.count) != 0 else {
            throw .broken(text(words))
        }
        let (pixels, overflows) = Int(width).multipliedReportingOverflow(by: Int(height))
        guard !overflows, pixels <= mostPixels else { throw .tooLarge("\(width)×\(height) pixels") }
        var parts = [UInt8](repeating: 0, count: pixels * 4)
        guard cpng_decode(bytes, bytes.count, &parts, parts.count, &words, words.count) != 0 else {
            throw .broken(text(words))
        }
        let colors = (0..<pixels).map { (index: Int) -> UInt32 in
            let red = UInt32(parts[4 * index])
            let green = UInt32(parts[4 * index + 1])
            let blue = UInt32(parts[4 * index + 2])
            return red << 16 | green << 8 | blue
        }
        let opacity = (0..<pixels).map { parts[4 * $0 + 3] }
        guard
            let image = PixelImage(
                width: Int(width), height: Int(height), pixels: colors, opacity: opacity)
        else {
            throw .broken("it has no pixels")
        }
        return image
    }

    private static func text(_ words: [CChar]) -> String {
        let bytes = words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes.filter { $0 >= 32 && $0 < 127 }, as: UTF8.self)
    }
}

/// Why a file gives no picture.
public enum PNGError: Error, Sendable, Hashable {
    /// It does not begin as a PNG does.
    case notPNG
    /// It is cut or damaged; in the decoder's words.
    case broken(String)
    /// It is larger than is decoded; how large it is.
    case tooLarge(String)

    /// What is wrong, for the operator.
    public var words: String {
        switch self {
        case .notPNG: "the answer is no PNG picture"
        case .broken(let words): "the picture is damaged (\(words)): try again"
        case .tooLarge(let size): "the picture is too large to be drawn (\(size))"
        }
    }
}
