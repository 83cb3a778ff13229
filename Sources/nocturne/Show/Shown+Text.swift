import AdapterKit
import Canvas
import Domain

extension Shown {
    /// Names wider than this don't push all values to the right.
    private static let widestName = 28

    /// The entity for eyes: sections below each other, links with their kind and id behind the name.
    ///
    /// - Parameter zone: seconds that local time is east of UTC.
    func text(zone: Int) -> String {
        var text = "\(title)  \(entity.written) on \(backend)\n"
        for section in (detail?.sections ?? []) + related.map({ section($0) }) where !section.lines.isEmpty {
            text += "\n\(section.title)\n"
            let width = min(
                Self.widestName, section.lines.map { CharacterWidth.of($0.name) + 2 * $0.depth }.max() ?? 0)
            for line in section.lines {
                let name = String(repeating: "  ", count: min(line.depth, 20)) + line.name
                let pad = String(repeating: " ", count: max(0, width - CharacterWidth.of(name)))
                var words = "  \(name)\(pad)  \(value(line, zone))"
                while words.last == " " { words.removeLast() }
                text += words + "\n"
            }
        }
        return text
    }

    private func value(_ line: Detail.Line, _ zone: Int) -> String {
        switch line.value {
        case .ref(let entity, let name):
            let target = entity.written
            // An address that a server wrote says no more than its path.
            return name.isEmpty || entity.isBrowsed && name.hasSuffix(target) ? target : "\(name)  \(target)"
        case .time(let moment):
            let age = fetchedAt.seconds - moment.seconds
            let words = age >= 0 ? "\(Quantity.age(age)) ago" : "in \(Quantity.age(-age))"
            return "\(CivilTime.fields(moment, offset: zone).text)  (\(words))"
        default:
            return Quantity.text(line.value, line.type, now: fetchedAt)
        }
    }

    /// The rows that name the entity, with their words of state, as the screen has them.
    private func section(_ related: Related) -> Detail.Section {
        let table = related.table
        let columns = table.resource.fields.indices.filter { place in
            switch table.resource.fields[place].type {
            case .severity, .state: true
            default: false
            }
        }
        let lines = related.rows.map { row in
            Detail.Line(
                columns.map { table.text(row, $0) }.filter { !$0.isEmpty }.joined(separator: " "),
                .ref(table.refs[row], name: table.name(row)), .ref(table.resource.kind))
        }
        let problem = related.problem.map { [Detail.Line.unreadable(because: $0)] } ?? []
        return Detail.Section(
            "\(table.resource.plural) (\(Quantity.count(related.rows.count)))", lines + problem)
    }
}

extension Shown {
    /// The lines of the sections for other programs: section, name and value by RFC 4180.
    var csv: String {
        var bytes = Array("section,name,value\r\n".utf8)
        for section in detail?.sections ?? [] {
            for line in section.lines {
                let value = Quantity.text(line.value, line.type, now: fetchedAt)
                for (place, text) in [section.title, line.name, value].enumerated() {
                    if place > 0 { bytes.append(UInt8(ascii: ",")) }
                    ValueFormat.csv.append(text, to: &bytes)
                }
                bytes += Array("\r\n".utf8)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension EntityRef {
    /// What commands take for it: its kind and id, or its path.
    fileprivate var written: String { isBrowsed ? id : "\(kind)/\(id)" }
}
