extension BondingField {
    /// What becomes of something that a client sent.
    enum Verdict {
        /// As it is written down.
        case taken(Input)
        case refused(String)
    }

    /// Checks what a client sent, in the words of the framework.
    ///
    /// - Parameter exists: Whether the client may refer to an object of a kind and number.
    func check(_ input: Input, exists: (BondBook.Kind, Int) -> Bool) -> Verdict {
        if input.isNull {
            return mayBeNull ? .taken(.null) : .refused("This field may not be null.")
        }
        switch content {
        case .integer(let range):
            guard let number = input.integer else { return .refused("A valid integer is required.") }
            if number < range.lowerBound {
                return .refused("Ensure this value is greater than or equal to \(range.lowerBound).")
            }
            if number > range.upperBound {
                return .refused("Ensure this value is less than or equal to \(range.upperBound).")
            }
            return .taken(.number(String(number)))
        case .text(let longest): return checkText(input, longest: longest)
        case .flag:
            if let flag = input.flag ?? input.text.flatMap(Self.flag) { return .taken(.flag(flag)) }
            return .refused("Must be a valid boolean.")
        case .choice(let words):
            guard let word = input.text, words.contains(word) else {
                return .refused("\"\(Self.words(input))\" is not a valid choice.")
            }
            return .taken(.text(word))
        case .link(let kind): return checkLink(input, kind, exists)
        case .space: return checkLink(input["url"].isNull ? input : input["url"], .space, exists)
        case .address:
            guard let text = input.text, Self.isAddress(text) else {
                return .refused("Enter a valid IPv4 or IPv6 address.")
            }
            return .taken(input)
        case .network:
            guard let text = input.text, Self.isNetwork(text) else {
                return .refused("Enter a valid network in CIDR notation.")
            }
            return .taken(input)
        case .email:
            let halves = (input.text ?? "").split(separator: "@", omittingEmptySubsequences: false)
            guard halves.count == 2, !halves[0].isEmpty, halves[1].contains(".") else {
                return .refused("Enter a valid email address.")
            }
            return .taken(input)
        case .words:
            guard let list = input.list else { return .refused(Self.expectedList(input)) }
            return list.allSatisfy { $0.text != nil } ? .taken(input) : .refused("Not a valid string.")
        case .links(let kind): return checkLinks(input, kind, exists)
        case .routingGroup:
            let segments = (input.text ?? "").split(separator: "/")
            guard segments.count > 1, segments[segments.count - 2] == "routinggroups",
                let number = Int(segments[segments.count - 1])
            else { return .refused("Invalid hyperlink - No URL match.") }
            return .taken(.number(String(number)))
        case .nested: return .refused("This field is read-only.")
        }
    }

    private func checkText(_ input: Input, longest: Int) -> Verdict {
        let text: String
        switch input {
        case .text(let own): text = own
        case .number(let digits): text = digits
        default: return .refused("Not a valid string.")
        }
        if text.isEmpty, isRequired { return .refused("This field may not be blank.") }
        guard text.unicodeScalars.count <= longest else {
            return .refused("Ensure this field has no more than \(longest) characters.")
        }
        return .taken(.text(text))
    }

    private func checkLink(
        _ input: Input, _ kind: BondBook.Kind, _ exists: (BondBook.Kind, Int) -> Bool
    ) -> Verdict {
        guard let text = input.text else {
            return .refused("Incorrect type. Expected URL string, received \(Self.type(of: input)).")
        }
        if text.isEmpty, mayBeNull { return .taken(.null) }
        guard let number = BondingLinks.number(in: text, of: kind) else {
            return .refused("Invalid hyperlink - No URL match.")
        }
        guard exists(kind, number) else { return .refused("Invalid hyperlink - Object does not exist.") }
        return .taken(.number(String(number)))
    }

    private func checkLinks(
        _ input: Input, _ kind: BondBook.Kind, _ exists: (BondBook.Kind, Int) -> Bool
    ) -> Verdict {
        guard let list = input.list else { return .refused(Self.expectedList(input)) }
        var numbers: [Input] = []
        for item in list {
            switch checkLink(item, kind, exists) {
            case .taken(let number): numbers.append(number)
            case .refused(let words): return .refused(words)
            }
        }
        return .taken(.list(numbers))
    }

    // MARK: Words

    private static func expectedList(_ input: Input) -> String {
        "Expected a list of items but got type \"\(type(of: input))\"."
    }

    /// Python's word for the type of a JSON value.
    static func type(of input: Input) -> String {
        switch input {
        case .null: "NoneType"
        case .flag: "bool"
        case .number(let digits): digits.contains { ".eE".contains($0) } ? "float" : "int"
        case .text: "str"
        case .list: "list"
        case .object: "dict"
        }
    }

    private static func words(_ input: Input) -> String {
        switch input {
        case .text(let text): text
        case .number(let digits): digits
        case .flag(let flag): flag ? "True" : "False"
        case .null, .list, .object: type(of: input)
        }
    }

    private static func flag(_ text: String) -> Bool? {
        switch text {
        case "true", "True", "1", "on": true
        case "false", "False", "0", "off": false
        default: nil
        }
    }

    private static func isAddress(_ text: String) -> Bool {
        if text.contains(":") {
            let groups = text.split(separator: ":", omittingEmptySubsequences: false)
            return (3...8).contains(groups.count)
                && groups.allSatisfy { $0.utf8.count <= 4 && $0.allSatisfy(\.isHexDigit) }
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.utf8.count <= 3 && part.allSatisfy(\.isNumber) && (Int(part) ?? 256) < 256
            }
    }

    private static func isNetwork(_ text: String) -> Bool {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, let length = Int(halves[1]) else { return false }
        let longest = halves[0].contains(":") ? 128 : 32
        return isAddress(String(halves[0])) && (0...longest).contains(length)
    }
}
