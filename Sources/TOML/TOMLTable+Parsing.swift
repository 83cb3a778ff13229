internal import CTOML

extension TOMLTable {
    /// Reads a whole file.
    ///
    /// - Throws: for anything that is not TOML 1.0, also a key that is there twice and text that is not UTF-8.
    public static func parse(_ bytes: some Collection<UInt8>) throws(TOMLError) -> TOMLTable {
        let document = Array(bytes).withUnsafeBytes { raw in
            ctoml_parse(raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count)
        }
        defer { ctoml_free(document) }
        guard let nodes = document.nodes else {
            throw TOMLError(
                document.error.map { String(cString: $0) } ?? "it can't be read",
                at: TOMLPosition(line: Int(document.error_line), column: Int(document.error_column)))
        }
        var reader = Reader(nodes: UnsafeBufferPointer(start: nodes, count: document.count))
        return reader.table()
    }

    /// Reads a whole file.
    public static func parse(_ text: String) throws(TOMLError) -> TOMLTable { try parse(text.utf8) }
}

/// Puts the flat list of nodes together again; a value stands before its children.
private struct Reader {
    let nodes: UnsafeBufferPointer<ctoml_node>
    var next = 0

    init(nodes: UnsafeBufferPointer<ctoml_node>) { self.nodes = nodes }

    mutating func table() -> TOMLTable {
        let flat = nodes[next]
        next += 1
        var entries: [TOMLTable.Entry] = []
        for _ in 0..<flat.count {
            let child = nodes[next]
            let key = text(child.key, child.key_length)
            let position = TOMLPosition(line: Int(child.key_line), column: Int(child.key_column))
            entries.append(TOMLTable.Entry(key, at: position, node()))
        }
        // The library keeps keys in the order of the alphabet; what the file says first counts first here.
        entries.sort { $0.position < $1.position }
        return TOMLTable(entries, at: TOMLPosition(line: Int(flat.line), column: Int(flat.column)))
    }

    private mutating func node() -> TOMLNode {
        let flat = nodes[next]
        let position = TOMLPosition(line: Int(flat.line), column: Int(flat.column))
        if flat.kind == CTOML_TABLE { return TOMLNode(.table(table()), at: position) }
        next += 1
        switch flat.kind {
        case CTOML_STRING: return TOMLNode(.string(text(flat.text, flat.text_length)), at: position)
        case CTOML_INTEGER: return TOMLNode(.integer(flat.integer), at: position)
        case CTOML_NUMBER: return TOMLNode(.number(flat.number), at: position)
        case CTOML_FLAG: return TOMLNode(.flag(flat.integer != 0), at: position)
        case CTOML_ARRAY: return TOMLNode(.array((0..<flat.count).map { _ in node() }), at: position)
        default: return TOMLNode(.moment, at: position)
        }
    }

    private func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
}
