/// Shortens what ncurses writes to change colours and attributes.
///
/// ncurses sets both colours with every change, resets where it could switch one thing off, and selects the
/// character set again each time: some twenty bytes per column of a table, more than the text in it. The
/// filter reads those sequences, remembers what the terminal has, and writes the difference when something
/// is drawn next. All else passes through untouched.
struct RenditionFilter {
    /// What `SGR` sets; colours as the parameters that set them.
    struct Rendition: Hashable {
        /// The parameters that are on, of ``switches``: a bit each.
        var on: UInt16 = 0
        var foreground = "39"
        var background = "49"
    }

    /// The attributes followed here, and the parameter that switches each off.
    private static let switches: [(on: UInt16, off: UInt16)] = [
        (1, 22), (2, 22), (3, 23), (4, 24), (5, 25), (7, 27), (8, 28),
    ]

    /// What one parameter switches off.
    private static func switchedOff(by parameter: UInt16) -> UInt16 {
        parameter == 22 ? 0b110 : 1 << (parameter - 20)
    }

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
        let (first, last) = (part[part.startIndex], part[part.endIndex - 1])
        if part.count > 2, Self.isControl(part), last == UInt8(ascii: "m") {
            if read(part.dropFirst(2).dropLast()) { return }
            // One that is not understood passes; what the terminal has then is not known.
            settle()
            output += part
            sent = nil
            return
        }
        if part.count == 3 && first == 0x1B && part.elementsEqual([0x1B, 0x28, 0x42])
            || part.count == 1 && first == 0x0F
        {
            if !hasCharacterSet { output += part }
            hasCharacterSet = true
            return
        }
        if !Self.isMovement(part) { settle() }
        output += part
    }

    /// Whether bytes begin as a sequence with parameters does.
    private static func isControl(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count > 1 && bytes[bytes.startIndex] == 0x1B && bytes[bytes.startIndex + 1] == 0x5B
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
    private static func isMovement(_ bytes: ArraySlice<UInt8>) -> Bool {
        let start = bytes.startIndex
        if bytes.count == 1, bytes[start] == 0x0D || bytes[start] == 0x08 { return true }
        guard isControl(bytes), bytes.count > 2, bytes[start + 2] < 0x3C || bytes.count == 3 else {
            return false
        }
        switch bytes[bytes.endIndex - 1] {
        case 0x41, 0x42, 0x43, 0x44, 0x47, 0x48, 0x64: return true
        default: return false
        }
    }

    /// Takes the parameters of an SGR sequence over; false when one is not known here.
    private mutating func read(_ parameters: ArraySlice<UInt8>) -> Bool {
        var next = wanted
        var start = parameters.startIndex
        var isMore = true
        /// The next parameter, up to the semicolon behind it.
        func parameter() -> ArraySlice<UInt8>? {
            guard isMore else { return nil }
            let end = parameters[start...].firstIndex(of: UInt8(ascii: ";")) ?? parameters.endIndex
            defer {
                isMore = end < parameters.endIndex
                start = min(end + 1, parameters.endIndex)
            }
            return parameters[start..<end]
        }
        func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
        while let field = parameter() {
            switch Self.number(field) {
            case 0: next = Rendition()
            // The Linux console's own font, which is never left.
            case 10: break
            case let number? where (1...5).contains(number) || number == 7 || number == 8:
                next.on |= 1 << number
            case let number? where (22...25).contains(number) || number == 27 || number == 28:
                next.on &= ~Self.switchedOff(by: number)
            case let number? where (30...37).contains(number) || number == 39 || (90...97).contains(number):
                next.foreground = text(field)
            case let number? where (40...47).contains(number) || number == 49 || (100...107).contains(number):
                next.background = text(field)
            case let number? where number == 38 || number == 48:
                guard let kind = parameter().flatMap(Self.number), kind == 5 || kind == 2 else {
                    return false
                }
                var last = kind == 5 ? parameter() : nil
                if kind == 2 { for _ in 0..<3 { last = parameter() } }
                guard let last else { return false }
                let color = spelling(text(parameters[field.startIndex..<last.endIndex]), kind, last)
                if number == 38 { next.foreground = color } else { next.background = color }
            case nil where field.starts(with: Array("38:".utf8)): next.foreground = text(field)
            case nil where field.starts(with: Array("48:".utf8)): next.background = text(field)
            default: return false
            }
        }
        wanted = next
        return true
    }

    /// A parameter as a number below 256, nothing as zero; nil for one that is none.
    private static func number(_ field: ArraySlice<UInt8>) -> UInt16? {
        var number: UInt16 = 0
        for byte in field {
            guard byte &- 48 < 10 else { return nil }
            number = number * 10 + UInt16(byte - 48)
            if number > 255 { return nil }
        }
        return number
    }

    private func spelling(_ color: String, _ kind: UInt16, _ last: ArraySlice<UInt8>) -> String {
        guard kind == 5, !colors.isEmpty, let number = Int32(String(decoding: last, as: UTF8.self)),
            let rgb = colors[number]
        else { return color }
        return "\(color.prefix(2));2;\(rgb >> 16 & 0xFF);\(rgb >> 8 & 0xFF);\(rgb & 0xFF)"
    }

    /// Writes the difference between what the terminal has and what it is to have.
    private mutating func settle() {
        guard sent != wanted else { return }
        var shortest = fromReset
        if let sent, canSwitchOff || isAddition(to: sent) {
            let change = change(from: sent)
            if change.count < shortest.count { shortest = change }
        }
        output.append(0x1B)
        output.append(0x5B)
        output += shortest
        output.append(UInt8(ascii: "m"))
        sent = wanted
    }

    private func isAddition(to sent: Rendition) -> Bool {
        sent.on & ~wanted.on == 0 && (wanted.foreground != "39" || sent.foreground == "39")
            && (wanted.background != "49" || sent.background == "49")
    }

    private var fromReset: [UInt8] {
        let change = change(from: Rendition())
        return change.isEmpty ? [] : Array("0;".utf8) + change
    }

    private func change(from sent: Rendition) -> [UInt8] {
        var parameters: [UInt8] = []
        func add(_ text: String) {
            if !parameters.isEmpty { parameters.append(UInt8(ascii: ";")) }
            parameters += text.utf8
        }
        var on = sent.on
        if on != wanted.on {
            for item in Self.switches where on & ~wanted.on & 1 << item.on != 0 {
                add("\(item.off)")
                on &= ~Self.switchedOff(by: item.off)
            }
            for item in Self.switches where wanted.on & ~on & 1 << item.on != 0 { add("\(item.on)") }
        }
        if wanted.foreground != sent.foreground { add(wanted.foreground) }
        if wanted.background != sent.background { add(wanted.background) }
        return parameters
    }
}
