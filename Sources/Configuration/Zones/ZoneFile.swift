internal import Domain

/// A zone of the machine's zone database, in the format of RFC 9636.
enum ZoneFile {
    /// Where the database is on every system that nocturne runs on.
    private static let directory = "/usr/share/zoneinfo"

    /// Why a zone can't be read.
    struct Fault: Error, Hashable {
        /// What to write instead.
        let words: String
    }

    /// The rules of a zone by its name, such as `Europe/Madrid`.
    static func rules(of name: String) throws(Fault) -> ZoneRules {
        guard isName(name) else {
            throw Fault(
                words: "timezone is a zone such as Europe/Madrid, UTC, or an offset such as +01:00; "
                    + "leave it out to have it derived")
        }
        let file: OperatorFile
        do throws(OperatorFile.Unreadable) {
            file = try OperatorFile("\(directory)/\(name)")
        } catch {
            let words =
                error.isAbsent
                ? "\(directory) has no zone \(name): names are as in Europe/Madrid, and come with the package tzdata; "
                    + "an offset such as +01:00 needs none"
                : "\(directory)/\(name) \(error.words)"
            throw Fault(words: words)
        }
        guard let rules = parse(file.bytes) else {
            throw Fault(words: "\(directory)/\(name) is no zone file: give an offset such as +01:00")
        }
        return rules
    }

    /// Names lead to files: nothing that climbs out of the database is one.
    private static func isName(_ name: String) -> Bool {
        guard name.first?.isLetter == true, name.count <= 64, name.contains(where: \.isLetter) else {
            return false
        }
        let isPlain = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/_+-".contains($0)) }
        return isPlain && !name.contains("//") && !name.hasSuffix("/")
    }

    /// Reads a file; nil for what is no such file or has only the short times of its first version.
    static func parse(_ bytes: [UInt8]) -> ZoneRules? {
        // The first version's data comes first and holds times of 32 bits: it is skipped.
        guard let old = Header(bytes, at: 0), old.version >= UInt8(ascii: "2"),
            let header = Header(bytes, at: old.end(timeSize: 4)), header.types > 0,
            bytes.count > header.end(timeSize: 8)
        else { return nil }
        let times = header.start
        let kinds = times + header.times * 8
        let types = kinds + header.times
        func offset(_ type: Int) -> Int? {
            guard type < header.types else { return nil }
            return Int(Int32(truncatingIfNeeded: number(bytes, types + type * 6, size: 4)))
        }
        guard let first = offset(0) else { return nil }
        var changes: [ZoneRules.Change] = []
        for place in 0..<header.times {
            guard let offset = offset(Int(bytes[kinds + place])) else { return nil }
            changes.append(ZoneRules.Change(Timestamp(number(bytes, times + place * 8, size: 8)), offset))
        }
        // A line behind the table says how it goes on.
        let footer = bytes[header.end(timeSize: 8)...].dropFirst().prefix { $0 != 0x0A }
        let last = changes.last?.moment ?? Timestamp(0)
        if let rule = PosixZone(String(decoding: footer, as: UTF8.self)) {
            changes += rule.changes(after: last)
        }
        return ZoneRules(offset: first, changes: changes)
    }

    /// A big-endian number with its sign.
    fileprivate static func number(_ bytes: [UInt8], _ place: Int, size: Int) -> Int64 {
        bytes[place..<place + size].reduce(size == 4 && bytes[place] >= 0x80 ? -1 : 0) { $0 << 8 | Int64($1) }
    }
}

/// The counts at the beginning of a version's data.
private struct Header {
    private static let size = 44
    let version: UInt8
    /// The first byte behind it.
    let start: Int
    let times: Int
    let types: Int
    private let rest: (utc: Int, standard: Int, leaps: Int, letters: Int)

    /// Nil where there is none, or less data than it announces.
    init?(_ bytes: [UInt8], at place: Int) {
        guard place + Self.size <= bytes.count, bytes[place..<place + 4].elementsEqual("TZif".utf8) else {
            return nil
        }
        func count(_ index: Int) -> Int { Int(ZoneFile.number(bytes, place + 20 + index * 4, size: 4)) }
        let counts = (0..<6).map(count)
        guard counts.allSatisfy({ (0...1 << 20).contains($0) }) else { return nil }
        version = bytes[place + 4]
        start = place + Self.size
        rest = (counts[0], counts[1], counts[2], counts[5])
        times = counts[3]
        types = counts[4]
        guard end(timeSize: 4) <= bytes.count else { return nil }
    }

    /// The first byte behind the data.
    func end(timeSize: Int) -> Int {
        start + times * (timeSize + 1) + types * 6 + rest.letters + rest.leaps * (timeSize + 4)
            + rest.standard
            + rest.utc
    }
}
