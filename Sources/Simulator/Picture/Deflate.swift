/// Compresses as zlib does, well enough for pictures of few colours: only runs of one byte are shortened.
struct Deflate {
    private var bytes: [UInt8] = []
    private var pending: UInt64 = 0
    private var pendingCount = 0

    /// A stream in the format of zlib.
    static func zlib(_ data: [UInt8]) -> [UInt8] {
        var deflate = Deflate()
        deflate.bytes = [0x78, 0x01]
        deflate.compress(data)
        let checksum = adler(data)
        for shift in [24, 16, 8, 0] { deflate.bytes.append(UInt8(truncatingIfNeeded: checksum >> shift)) }
        return deflate.bytes
    }

    private mutating func compress(_ data: [UInt8]) {
        // One block, the last, with the code that needs no table.
        put(bits: 0b011, count: 3)
        var index = 0
        while index < data.count {
            let byte = data[index]
            put(symbol: Int(byte))
            index += 1
            var run = index
            while run < data.count, data[run] == byte { run += 1 }
            while run - index >= 3 {
                let length = min(run - index, 258)
                put(length: length)
                index += length
            }
        }
        put(symbol: 256)
        if pendingCount > 0 { put(bits: 0, count: 8 - pendingCount) }
    }

    /// The shortest length of each code from 257 up, and how many bits follow it.
    private static let lengths: [(base: Int, extra: Int)] = {
        var lengths: [(base: Int, extra: Int)] = []
        var base = 3
        for code in 0..<28 {
            let extra = code < 8 ? 0 : code / 4 - 1
            lengths.append((base, extra))
            base += 1 << extra
        }
        lengths.append((258, 0))
        return lengths
    }()

    /// So many bytes like the one before.
    private mutating func put(length: Int) {
        let code = Self.lengths.lastIndex { $0.base <= length } ?? 0
        put(symbol: 257 + code)
        put(bits: length - Self.lengths[code].base, count: Self.lengths[code].extra)
        put(bits: 0, count: 5)
    }

    private mutating func put(symbol: Int) {
        switch symbol {
        case ..<144: put(code: 0x30 + symbol, count: 8)
        case ..<256: put(code: 0x190 + symbol - 144, count: 9)
        case ..<280: put(code: symbol - 256, count: 7)
        default: put(code: 0xc0 + symbol - 280, count: 8)
        }
    }

    /// Codes go in with their highest bit first, all else with the lowest.
    private mutating func put(code: Int, count: Int) {
        var reversed = 0
        for bit in 0..<count { reversed |= (code >> bit & 1) << (count - 1 - bit) }
        put(bits: reversed, count: count)
    }

    private mutating func put(bits: Int, count: Int) {
        pending |= UInt64(bits) << UInt64(pendingCount)
        pendingCount += count
        while pendingCount >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: pending))
            pending >>= 8
            pendingCount -= 8
        }
    }

    private static func adler(_ data: [UInt8]) -> UInt32 {
        var (a, b) = (UInt32(1), UInt32(0))
        for byte in data {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return b << 16 | a
    }
}
