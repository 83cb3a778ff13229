import Domain

extension BackendState {
    /// The place in the API of an entity that a pane shows; nil where its number does not tell.
    func place(of entity: EntityRef) -> EntityRef? {
        guard let path = places[entity.kind], let hole = path.firstRange(of: "{}") else { return nil }
        let id = entity.id
        // What would have to be encoded is no number, and stands in no path here.
        guard !id.isEmpty, id.utf8.allSatisfy(Self.isPlain), id != ".", id != ".." else { return nil }
        let whole = path.replacingCharacters(hole, with: id)
        return EntityRef(entity.backend, .resource, id: whole)
    }

    /// The entity of a pane that a place in the API stands for.
    func shown(at place: EntityRef) -> EntityRef? {
        for (kind, path) in places {
            guard let hole = path.firstRange(of: "{}") else { continue }
            let before = path[..<hole.lowerBound]
            let after = path[hole.upperBound...]
            let text = place.id
            guard text.hasPrefix(before), text.hasSuffix(after),
                text.utf8.count > before.utf8.count + after.utf8.count
            else { continue }
            let id = text.dropFirst(before.count).dropLast(after.count)
            if id.utf8.allSatisfy(Self.isPlain) { return EntityRef(place.backend, kind, id: String(id)) }
        }
        return nil
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<String.Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
