import HTTP

/// What every request must keep to, read or command; checked before anything is sent.
enum RequestCheck {
    /// What is wrong with the filled-in template; nil when each value stays the one segment that it is meant
    /// to be.
    static func complaint(about template: PathTemplate, _ parameters: [String: String]) -> String? {
        guard template.path(parameters) != nil else {
            return "a value for \(template) is missing"
        }
        guard isPath(template.description) else { return "\(template) is not a path" }
        for (name, value) in parameters where climbs(value) || climbs(percentDecoded(value)) {
            // Servers decode before they resolve dots, some twice: encoding alone does not hold it.
            return "the value of {\(name)} in \(template) has a `.` or `..` step"
        }
        return nil
    }

    /// What is wrong with the header fields; nil when they can be sent as they are.
    static func complaint(about headers: [Header]) -> String? {
        for header in headers {
            if let objection = HeaderRules.objection(to: header.name) { return objection }
            guard !header.value.utf8.contains(where: { $0 < 32 && $0 != 9 || $0 == 127 }) else {
                return "the value of \(header.name) has a line break or a control character"
            }
        }
        return nil
    }

    private static func isPath(_ template: String) -> Bool {
        guard template.isEmpty || template.hasPrefix("/") else { return false }
        guard template.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { return false }
        return !template.contains { $0 == "?" || $0 == "#" || $0 == "\\" } && !climbs(template)
    }

    private static func climbs(_ text: String) -> Bool {
        text.utf8.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
            .contains { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }
    }

    private static func percentDecoded(_ text: String) -> String {
        String(decoding: PercentDecoding.bytes(text.utf8), as: UTF8.self)
    }
}

/// The other way of `PercentEncoding`; what is no escape stays as it is.
enum PercentDecoding {
    static func bytes(_ text: some Sequence<UInt8>) -> [UInt8] {
        let source = Array(text)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
                let high = digit(source[index + 1]), let low = digit(source[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(source[index])
                index += 1
            }
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
