import AdapterKit
import Domain
import JSON
import Runtime

extension JSONTree {
    /// A field's value; words with blanks between them are a list.
    init(_ value: Domain.Value, _ type: FieldType) {
        guard type == .states, case .text(let words) = value else {
            self.init(value)
            return
        }
        self = .array(words.split(separator: " ").map { .string(String($0)) })
    }

    /// One row with what every row has and the fields of its list, as `get` prints it.
    init(_ table: Table, _ row: Int, backend: String, fetchedAt: Timestamp) {
        var members: [Member] = [
            .init("backend", .string(backend)), .init("kind", .string(table.resource.kind.rawValue)),
            .init("id", .string(table.refs[row].id)), .init("name", .string(table.name(row))),
            .init("fetched_at", .string(fetchedAt.iso8601)),
        ]
        let taken = Set(members.map(\.key))
        for field in table.resource.fields where !taken.contains(field.key.rawValue) {
            members.append(.init(field.key.rawValue, JSONTree(table.value(row, field.key), field.type)))
        }
        self = .object(members)
    }
}

extension Shown {
    /// The entity as one object; docs/scripting.md has its members.
    var tree: JSONTree {
        [
            "backend": .string(backend), "kind": .string(entity.kind.rawValue), "id": .string(entity.id),
            "name": .string(title), "fetched_at": .string(fetchedAt.iso8601),
            "complete": .bool(problems.isEmpty), "problems": .array(problems.map { .string($0) }),
            "row": row.map { JSONTree($0.table, $0.place, backend: backend, fetchedAt: fetchedAt) } ?? .null,
            "sections": .array((detail?.sections ?? []).map { tree($0) }),
            "related": .array(related.map { tree($0) }),
        ]
    }

    private func tree(_ section: Detail.Section) -> JSONTree {
        [
            "title": .string(section.title), "complete": .bool(section.isComplete),
            "lines": .array(section.lines.map { tree($0) }),
        ]
    }

    private func tree(_ line: Detail.Line) -> JSONTree {
        var link = JSONTree.null
        if case .ref(let entity, let name) = line.value {
            link = [
                "kind": .string(entity.kind.rawValue), "id": .string(entity.id),
                "name": name.isEmpty ? .null : .string(name),
            ]
        }
        return [
            "name": .string(line.name), "value": line.isUnreadable ? .null : JSONTree(line.value),
            "text": .string(Quantity.text(line.value, line.type, now: fetchedAt)), "link": link,
            "depth": .integer(Int64(line.depth)), "expandable": .bool(line.isExpandable),
            "states": line.strip.map { strip in
                .array(
                    strip.spans.map {
                        [
                            "from": .string($0.range.lowerBound.iso8601),
                            "to": .string($0.range.upperBound.iso8601), "state": .string($0.word),
                        ]
                    })
            } ?? .null,
        ]
    }

    private func tree(_ related: Related) -> JSONTree {
        [
            "kind": .string(related.table.resource.kind.rawValue),
            "plural": .string(related.table.resource.plural), "complete": .bool(related.problem == nil),
            "rows": .array(
                related.rows.map {
                    JSONTree(related.table, $0, backend: backend, fetchedAt: fetchedAt)
                }),
        ]
    }
}
