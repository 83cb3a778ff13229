/// Serial numbers, and the numbers that operators give to circuits and customers.
enum NumberKey {
    /// A serial number; that of an ONT has its vendor as letters or as their code.
    static func readSerial(_ text: Bytes, _ role: KeyRole, _ sink: inout some KeySink) {
        let text = KeyText.trimmed(text)
        guard !text.isEmpty else { return }
        KeyText.withLowered(text, dropping: KeyText.isBlank) { value in
            if KeyText.isPlaceholder(value) { return sink.refuse(.serial, .placeholder, text) }
            if value.count < 5 { return sink.refuse(.serial, .tooShort, text) }
            let isShort = value.count < 6 || value.count < 8 && value.allSatisfy(KeyText.isDigit)
            if let vendor = vendor(value) {
                return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 12) { spelled in
                    for place in 0..<4 {
                        spelled[place] = UInt8(truncatingIfNeeded: vendor >> UInt32(24 - 8 * place))
                    }
                    for place in 4..<12 { spelled[place] = value[place + 4] }
                    sink.take(.serial, role, .strong, Bytes(spelled))
                }
            }
            sink.take(.serial, role, isShort ? .weak : .strong, value)
        }
    }

    /// The four letters, in lower case, that the first eight of sixteen digits spell.
    private static func vendor(_ value: Bytes) -> UInt32? {
        guard value.count == 16 else { return nil }
        var code: UInt32 = 0
        for pair in 0..<4 {
            guard let high = KeyText.hex(value[2 * pair]), let low = KeyText.hex(value[2 * pair + 1]) else {
                return nil
            }
            let letter = UInt8(high << 4 | low)
            guard letter &- 65 < 26 else { return nil }
            code = code << 8 | UInt32(KeyText.lower(letter))
        }
        return value[8...].allSatisfy { KeyText.hex($0) != nil } ? code : nil
    }

    /// The number of a circuit, which has a digit; digits alone must be many.
    static func readCircuit(_ text: Bytes, _ role: KeyRole, _ sink: inout some KeySink) {
        read(text, .circuit, role, least: 4, leastDigits: 6, &sink)
    }

    /// The number of a customer, or the word that stands for one.
    static func readCustomer(_ text: Bytes, _ role: KeyRole, _ sink: inout some KeySink) {
        read(text, .customer, role, least: 3, leastDigits: 4, &sink)
    }

    private static func read(
        _ text: Bytes, _ kind: KeyClass, _ role: KeyRole, least: Int, leastDigits: Int,
        _ sink: inout some KeySink
    ) {
        let text = KeyText.trimmed(text)
        guard !text.isEmpty else { return }
        KeyText.withLowered(text) { value in
            if KeyText.isPlaceholder(value) { return sink.refuse(kind, .placeholder, text) }
            let hasDigit = value.contains(where: KeyText.isDigit)
            if value.count < least || kind == .circuit && !hasDigit {
                return sink.refuse(kind, .tooShort, text)
            }
            let isBare = value.count < leastDigits && value.allSatisfy(KeyText.isDigit)
            sink.take(kind, role, isBare ? .weak : .strong, value)
        }
    }
}
