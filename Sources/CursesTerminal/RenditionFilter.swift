/// Shortens what ncurses writes to change colours and attributes.
///
/// ncurses sets both colours with every change, resets where it could switch one thing off, and selects the
/// character set again each time: some twenty bytes per column of a table, more than the text in it. The
/// filter reads those sequences, remembers what the terminal has, and writes the difference when something
/// is drawn next. All else passes through untouched.
struct RenditionFilter {
    /// What `SGR` sets; colours as the parameters that set them.
    struct Rendition: Hashable {
        /// The parameters that are on, of ``switches``.
        var on: Set<UInt8> = []
        var foreground = "39"
        var background = "49"
    }

    /// The attributes followed here, and the parameter that switches each off.
    private static let switches: [(on: UInt8, off: UInt8)] = [
        (1, 22), (2, 22), (3, 23), (4, 24), (5, 25), (7, 27), (8, 28),
    ]

    /// Whether the terminal knows how to switch one attribute off, as all after the VT100 do.
    let canSwitchOff: Bool
    private let dropped: [UInt8]
    /// Colours to write in place of numbers of the palette, for terminals with direct colour.
    var colors: [Int32: UInt32] = [:]
    private var wanted = Rendition()
    /// Nil when what the terminal has is not known.
    private var sent: Rendition?
    private var hasCharacterSet = false
    private var output: [UInt8] = []

    /// `dropped` is a sequence never to be written: ncurses resets the palette, which the user may have set.
    init(canSwitchOff: Bool, dropped: [UInt8] = []) {
        self.canSwitchOff = canSwitchOff
        self.dropped = dropped
    }

    /// Forgets what the terminal has: it was somebody else's meanwhile.
    mutating func forget() {
        sent = nil
        hasCharacterSet = false
    }

    /// Filters what ncurses wrote in one go; sequences are never cut.
    mutating func filter(_ bytes: [UInt8]) -> [UInt8] {
        output.removeAll(keepingCapacity: true)
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x1B, !dropped.isEmpty, bytes[index...].starts(with: dropped) {
                index += dropped.count
                continue
            }
            let end = Self.sequenceEnd(bytes, index)
            take(bytes[index..<end])
            index = end
        }
        return output
    }

    /// What is still to be written before the terminal is given away.
    mutating func finish() -> [UInt8] {
        output.removeAll(keepingCapacity: true)
        settle()
        return output
    }

    private mutating func take(_ part: ArraySlice<UInt8>) {
        let bytes = Array(part)
        if bytes.starts(with: [0x1B, 0x5B]), bytes.last == UInt8(ascii: "m") {
            if read(bytes[2..<(bytes.count - 1)]) { return }
            // One that is not understood passes; what the terminal has then is not known.
            settle()
            output += bytes
            sent = nil
            return
        }
        if bytes == [0x1B, 0x28, 0x42] || bytes == [0x0F] {
            if !hasCharacterSet { output += bytes }
            hasCharacterSet = true
            return
        }
        if !Self.isMovement(bytes) { settle() }
        output += bytes
    }

    /// Where a sequence, or a run of plain text, that starts at an index ends.
    private static func sequenceEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        var index = start + 1
        guard bytes[start] == 0x1B else {
            // Controls stand alone, so that each is judged.
            if bytes[start] < 0x20 { return index }
            while index < bytes.count, bytes[index] >= 0x20 { index += 1 }
            return index
        }
        guard index < bytes.count else { return index }
        if bytes[index] == 0x5B {
            index += 1
            while index < bytes.count, bytes[index] < 0x40 { index += 1 }
        } else {
            while index < bytes.count, (0x20...0x2F).contains(bytes[index]) { index += 1 }
        }
        return min(bytes.count, index + 1)
    }

    /// Whether bytes only move the cursor, which no colour has a part in.
    private static func isMovement(_ bytes: [UInt8]) -> Bool {
        if bytes == [0x0D] || bytes == [0x08] { return true }
        guard bytes.starts(with: [0x1B, 0x5B]), bytes.count > 2, bytes[2] < 0x3C || bytes.count == 3 else {
            return false
        }
        return [0x41, 0x42, 0x43, 0x44, 0x47, 0x48, 0x64].contains(bytes[bytes.count - 1])
    }

    /// Takes the parameters of an SGR sequence over; false when one is not known here.
    private mutating func read(_ parameters: ArraySlice<UInt8>) -> Bool {
        var next = wanted
        var numbers = String(decoding: parameters, as: UTF8.self)
            .split(separator: ";", omittingEmptySubsequences: false)[...]
        while let text = numbers.popFirst() {
            switch UInt8(text.isEmpty ? "0" : text) {
            case 0: next = Rendition()
            // The Linux console's own font, which is never left.
            case 10: break
            case let number? where Self.switches.contains { $0.on == number }: next.on.insert(number)
            case let number? where Self.switches.contains { $0.off == number }:
                for item in Self.switches where item.off == number { next.on.remove(item.on) }
            case let number? where (30...37).contains(number) || number == 39 || (90...97).contains(number):
                next.foreground = String(text)
            case let number? where (40...47).contains(number) || number == 49 || (100...107).contains(number):
                next.background = String(text)
            case let number? where number == 38 || number == 48:
                let count = numbers.first == "5" ? 2 : numbers.first == "2" ? 4 : 0
                guard count > 0, numbers.count >= count else { return false }
                let color = spelling([text] + numbers.prefix(count))
                numbers = numbers.dropFirst(count)
                if number == 38 { next.foreground = color } else { next.background = color }
            case nil where text.hasPrefix("38:"): next.foreground = String(text)
            case nil where text.hasPrefix("48:"): next.background = String(text)
            default: return false
            }
        }
        wanted = next
        return true
    }

    private func spelling(_ parameters: [Substring]) -> String {
        guard parameters.count == 3, let number = Int32(parameters[2]), let rgb = colors[number] else {
            return parameters.joined(separator: ";")
        }
        return "\(parameters[0]);2;\(rgb >> 16 & 0xFF);\(rgb >> 8 & 0xFF);\(rgb & 0xFF)"
    }

    /// Writes the difference between what the terminal has and what it is to have.
    private mutating func settle() {
        guard sent != wanted else { return }
        var shortest = fromReset
        if let sent, canSwitchOff || isAddition(to: sent) {
            let change = change(from: sent)
            if change.utf8.count < shortest.utf8.count { shortest = change }
        }
        output += Array("\u{1B}[\(shortest)m".utf8)
        sent = wanted
    }

    private func isAddition(to sent: Rendition) -> Bool {
        sent.on.isSubset(of: wanted.on) && (wanted.foreground != "39" || sent.foreground == "39")
            && (wanted.background != "49" || sent.background == "49")
    }

    private var fromReset: String {
        let change = change(from: Rendition())
        return change.isEmpty ? "" : "0;" + change
    }

    private func change(from sent: Rendition) -> String {
        var parameters: [String] = []
        var on = sent.on
        for item in Self.switches where on.contains(item.on) && !wanted.on.contains(item.on) {
            parameters.append("\(item.off)")
            for other in Self.switches where other.off == item.off { on.remove(other.on) }
        }
        for item in Self.switches where wanted.on.contains(item.on) && !on.contains(item.on) {
            parameters.append("\(item.on)")
        }
        if wanted.foreground != sent.foreground { parameters.append(wanted.foreground) }
        if wanted.background != sent.background { parameters.append(wanted.background) }
        return parameters.joined(separator: ";")
    }
}
