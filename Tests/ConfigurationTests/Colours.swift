import Canvas
import Foundation

/// A kind of terminal, with the colours that it really shows.
enum Depth: CaseIterable {
    case direct, palette, xterm16, vga16

    func rgb(_ color: Color) -> UInt32? {
        switch self {
        case .direct: color.rgb
        case .palette: color.c256.map { Self.xterm(Int($0)) }
        case .xterm16: color.c16.map { Self.xterm(Int($0)) }
        case .vga16: color.c16.map { Self.vga[Int($0)] }
        }
    }

    /// Whether a theme may choose any colour.
    var isFree: Bool { self == .direct || self == .palette }

    private static func xterm(_ index: Int) -> UInt32 {
        if index < 16 { return named[index] }
        if index >= 232 { return UInt32(index - 232) * 10 * 0x10101 + 0x080808 }
        let levels: [UInt32] = [0, 0x5F, 0x87, 0xAF, 0xD7, 0xFF]
        let cube = index - 16
        return levels[cube / 36] << 16 | levels[cube / 6 % 6] << 8 | levels[cube % 6]
    }

    private static let named: [UInt32] = [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]
    private static let vga: [UInt32] = [
        0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA,
        0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF,
    ]
}

/// The contrast of WCAG 2.
enum Contrast {
    static func between(_ a: UInt32, _ b: UInt32) -> Double {
        let (low, high) = (min(luminance(a), luminance(b)), max(luminance(a), luminance(b)))
        return (high + 0.05) / (low + 0.05)
    }

    private static func luminance(_ rgb: UInt32) -> Double {
        let parts = LinearLight.parts(rgb)
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}

/// Red, green and blue as amounts of light.
private enum LinearLight {
    static func parts(_ rgb: UInt32) -> [Double] {
        [16, 8, 0].map { shift in
            let value = Double(rgb >> UInt32(shift) & 0xFF) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
    }
}

/// Eyes by what they lack, as the model of Machado, Oliveira and Fernandes (2009) has them.
enum Eyes: CaseIterable {
    case usual, deutan, protan, tritan

    private var matrix: [[Double]] {
        switch self {
        case .usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
        case .deutan:
            [
                [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ]
        case .protan:
            [
                [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ]
        case .tritan:
            [
                [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ]
        }
    }

    /// How far apart two colours look: the distance in CIE Lab; 2.3 can just be told apart.
    func distance(_ a: UInt32, _ b: UInt32) -> Double {
        zip(lab(a), lab(b)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }

    private func lab(_ rgb: UInt32) -> [Double] {
        let light = LinearLight.parts(rgb)
        let seen = matrix.map { row in min(1, max(0, zip(row, light).reduce(0) { $0 + $1.0 * $1.1 })) }
        let x = (0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047
        let y = 0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2]
        let z = (0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]) / 1.08883
        func curve(_ value: Double) -> Double { value > 0.008856 ? cbrt(value) : 7.787 * value + 16.0 / 116 }
        return [116 * curve(y) - 16, 500 * (curve(x) - curve(y)), 200 * (curve(y) - curve(z))]
    }
}
