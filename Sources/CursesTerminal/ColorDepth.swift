internal import Canvas

/// How many colours a terminal has, and which of them comes closest to a colour.
enum ColorDepth: Hashable {
    case none, eight, sixteen, palette, direct

    /// Takes the number that terminfo gives.
    init(colors: Int) {
        switch colors {
        case ..<8: self = .none
        case 8..<16: self = .eight
        case 16..<256: self = .sixteen
        case 256..<(1 << 24): self = .palette
        default: self = .direct
        }
    }

    /// What the rest of the program is told.
    var colors: Int {
        switch self {
        case .none: 0
        case .eight: 8
        case .sixteen: 16
        case .palette: 256
        case .direct: 1 << 24
        }
    }

    /// The colour's number on such a terminal; -1 is the terminal's own.
    ///
    /// With eight colours the answer may still be 8 to 15: a bright one is made with attributes.
    func number(_ color: Color) -> Int32 {
        switch self {
        case .none: return -1
        case .eight, .sixteen:
            if let c16 = color.c16 { return Int32(c16 & 15) }
            return value(color).map { Self.nearest($0, among: 0..<16) } ?? -1
        case .palette:
            if let c256 = color.c256 { return Int32(c256) }
            if let rgb = color.rgb { return Self.nearest(rgb, among: 16..<256) }
            return color.c16.map { Int32($0 & 15) } ?? -1
        case .direct:
            if color.rgb == nil, color.c256 ?? 16 < 8 { return Int32(color.c256 ?? 0) }
            if color.rgb == nil, color.c256 == nil, let c16 = color.c16, c16 < 8 { return Int32(c16) }
            // The numbers below 8 still mean the palette there.
            return value(color).map { $0 > 0 && $0 < 8 ? 8 : Int32($0) } ?? -1
        }
    }

    private func value(_ color: Color) -> UInt32? {
        color.rgb.map { $0 & 0xFF_FFFF } ?? color.c256.map { Self.rgb(Int($0)) }
            ?? color.c16.map { Self.rgb(Int($0 & 15)) }
    }

    /// The number in the palette of 256 that looks most alike.
    static func nearest(_ rgb: UInt32, among range: Range<Int>) -> Int32 {
        func parts(_ rgb: UInt32) -> [Int] { [16, 8, 0].map { Int(rgb >> $0 & 0xFF) } }
        let wanted = parts(rgb)
        func distance(_ index: Int) -> Int {
            zip(wanted, parts(Self.rgb(index))).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        return Int32(range.min { distance($0) < distance($1) } ?? 7)
    }

    /// What xterm shows for a number of its palette: 16 named colours, a cube of 6 levels, 24 greys.
    static func rgb(_ index: Int) -> UInt32 {
        switch index {
        case ..<16: return named[max(0, index)]
        case ..<232:
            let levels: [UInt32] = [0, 95, 135, 175, 215, 255]
            let cube = index - 16
            return levels[cube / 36] << 16 | levels[cube / 6 % 6] << 8 | levels[cube % 6]
        default:
            let grey = UInt32(min(index, 255) - 232) * 10 + 8
            return grey << 16 | grey << 8 | grey
        }
    }

    private static let named: [UInt32] = [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]
}
