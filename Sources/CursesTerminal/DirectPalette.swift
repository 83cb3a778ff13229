/// Colours of 24 bits under numbers of 8, for terminals with direct colour.
///
/// ncurses keeps a table of all the colours a terminal has: 16 million entries for `xterm-direct`, 450 MB
/// and a second at the start. So it gets 256, each colour in use gets one of those numbers, and the
/// ``RenditionFilter`` writes the true colour in its place.
struct DirectPalette {
    private var numbers: [UInt32: Int32] = [:]
    /// The colour behind each number in use.
    private(set) var colors: [Int32: UInt32] = [:]

    /// The number that stands for a colour; the first 8 are the terminal's own palette and stay.
    ///
    /// When a screen has more than 240 colours, the one in use that looks most alike is taken.
    mutating func number(_ color: Int32) -> Int32 {
        guard color >= 8 else { return color }
        let rgb = UInt32(color)
        if let known = numbers[rgb] { return known }
        let number = Int32(16 + numbers.count)
        guard number < 256 else {
            return numbers.min { distance($0.key, rgb) < distance($1.key, rgb) }?.value ?? 7
        }
        numbers[rgb] = number
        colors[number] = rgb
        return number
    }

    private func distance(_ one: UInt32, _ other: UInt32) -> Int {
        [16, 8, 0].reduce(0) { sum, shift in
            let difference = Int(one >> shift & 0xFF) - Int(other >> shift & 0xFF)
            return sum + difference * difference
        }
    }
}
