/// Writes values as JSON bytes, straight into one buffer.
///
/// A list of 100,000 rows with 20 columns goes through here cell by cell, so nothing is made for a cell but
/// its bytes.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    var style: JSONStyle
    private(set) var depth = 0

    init(style: JSONStyle, capacity: Int = 4_096) {
        self.style = style
        bytes.reserveCapacity(capacity)
    }

    static func bytes(of value: Value, style: JSONStyle) -> [UInt8] {
        var writer = JSONWriter(style: style)
        writer.write(value)
        return writer.bytes
    }

    mutating func write(_ value: Value) {
        switch value {
        case .list(let values): writeList(values)
        case .object(let members): writeObject(members)
        case .rows(let rows): rows.write(&self)
        default: writeScalar(value)
        }
    }

    mutating func writeScalar(_ value: Value) {
        let isQuoted = style.scalars == .quoted
        switch value {
        case .null: append("null")
        case .integer(let number): quoted(isQuoted) { $0.append(decimal: number) }
        case .unsigned(let number): quoted(isQuoted) { $0.append(decimal: number) }
        case .hundredths(let number): write(hundredths: number)
        case .decimal(let digits): quoted(true) { $0.append(digits) }
        case .text(let text): write(string: text)
        case .computed(let number): append(decimal: number)
        case .literal(let number): append(number)
        case .flag(let isSet):
            switch style.scalars {
            case .quoted: append(isSet ? "\"1\"" : "\"0\"")
            case .raw: append(isSet ? "1" : "0")
            case .cast: append(isSet ? "true" : "false")
            }
        case .time(let seconds):
            let isUTC = style.scalars == .cast
            let moment = Moment(isUTC ? seconds : seconds + style.zone)
            quoted(true) { moment.write(isUTC: isUTC, into: &$0.bytes) }
        case .list, .object, .rows: write(value)
        }
    }

    // MARK: Containers

    mutating func open(_ bracket: StaticString) {
        append(bracket)
        depth += 1
    }

    mutating func close(_ bracket: StaticString, isEmpty: Bool) {
        depth -= 1
        if !isEmpty { breakLine() }
        append(bracket)
    }

    mutating func breakLine() {
        guard style.isPretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<depth { append("    ") }
    }

    mutating func separate(isFirst: Bool) {
        if !isFirst { append(",") }
        breakLine()
    }

    /// A key of an object one level further in, with all that stands before its value, ready to be appended.
    func keyPrefix(_ key: String, isFirst: Bool) -> [UInt8] {
        var writer = JSONWriter(style: style, capacity: 64)
        writer.depth = depth + 1
        writer.separate(isFirst: isFirst)
        writer.write(key: key)
        return writer.bytes
    }

    mutating func append(raw: [UInt8]) { bytes.append(contentsOf: raw) }

    mutating func append(bytes: UnsafeBufferPointer<UInt8>) { self.bytes.append(contentsOf: bytes) }

    /// Makes room for so many bytes more, where much more than there is follows.
    mutating func reserve(_ more: Int) {
        guard bytes.count + more > bytes.capacity else { return }
        bytes.reserveCapacity(bytes.count + more)
    }

    private mutating func writeList(_ values: [Value]) {
        open("[")
        for (index, value) in values.enumerated() {
            separate(isFirst: index == 0)
            write(value)
        }
        close("]", isEmpty: values.isEmpty)
    }

    private mutating func writeObject(_ members: [Value.Member]) {
        open("{")
        for (index, member) in members.enumerated() {
            separate(isFirst: index == 0)
            write(key: member.key)
            write(member.value)
        }
        close("}", isEmpty: members.isEmpty)
    }

    // MARK: Scalars

    private mutating func write(key: String) {
        write(string: key)
        append(style.isPretty ? ": " : ":")
    }

    private mutating func quoted(_ isQuoted: Bool, _ write: (inout JSONWriter) -> Void) {
        guard isQuoted else { return write(&self) }
        bytes.append(UInt8(ascii: "\""))
        write(&self)
        bytes.append(UInt8(ascii: "\""))
    }

    /// A string column keeps its two digits; a number drops its closing zeros.
    private mutating func write(hundredths number: Int) {
        let whole = number / 100
        let rest = number % 100
        quoted(style.scalars == .quoted) { writer in
            writer.append(decimal: whole)
            if writer.style.scalars != .quoted, rest == 0 { return }
            writer.bytes.append(UInt8(ascii: "."))
            writer.bytes.append(UInt8(ascii: "0") + UInt8(rest / 10))
            if writer.style.scalars == .quoted || rest % 10 != 0 {
                writer.bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            }
        }
    }

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    mutating func append(decimal number: Int) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        append(decimal: UInt64(number.magnitude))
    }

    mutating func append(decimal number: UInt64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = number
            var start = 20
            repeat {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            bytes.append(contentsOf: digits[start..<20])
        }
    }
}
