public import Domain
internal import HTTP
internal import JSON

extension Browser {
    /// Pages that one list may have: beyond this a server repeats itself.
    private static let mostPages = 20_000

    /// Reads what is at a place; rows are handed over as they come, the first at once.
    ///
    /// - Parameters:
    ///   - mostPages: of a list that comes in pages, how many are read; the rest is missing in words.
    ///   - partly: takes what is there so far; it may be called from any task and never after the return.
    /// - Returns: all of it, or a partial answer where pages lead nowhere.
    public func browse(
        _ entity: EntityRef, mostPages: Int = .max, partly: @escaping @Sendable (Browsed) -> Void = { _ in }
    ) async throws(BackendError) -> Browsed {
        let place = try place(of: entity)
        if !place.address.steps.isEmpty { return try await inside(place, entity) }
        let response = try await answer(at: place)
        if entity.kind == .collection, manners.saysNone(response) {
            return Browsed(
                entity, title: place.entry.title, content: .rows(BrowsedRows(self, at: place).table()),
                refusals: refusals(at: place, response))
        }
        if let problem = manners.problem(response) {
            guard problem.kind == .missing, !manners.saysMissing(response) else { throw problem }
            let path = Cleaning.clean(place.address.path)
            throw BackendError(.missing, "this server has nothing at \(path) (\(response.status))")
        }
        kept.keep(response, at: place.address.whole.text)
        if let file = file(response, place) {
            return Browsed(entity, title: place.entry.title, content: .file(file))
        }
        let root = try response.json()
        let refusals = refusals(at: place, response)
        let isItem = !place.entry.isList && place.entry.template.endsWithParameter
        guard !isItem, let list = manners.list(in: root) else {
            let (steps, value) = isItem ? manners.object(in: root) : ([], root)
            let address = BrowseAddress(path: place.address.path, query: place.address.query, steps: steps)
            return Browsed(
                entity, title: place.entry.title, content: .object(detail(place, value, at: address)),
                refusals: refusals)
        }
        return try await rows(place, entity, list, mostPages, refusals, partly)
    }

    private func rows(
        _ place: BrowsePlace, _ entity: EntityRef, _ first: BrowsedList, _ mostPages: Int,
        _ refusals: [CommandKind: String], _ partly: @Sendable (Browsed) -> Void
    ) async throws(BackendError) -> Browsed {
        var rows = BrowsedRows(self, at: place)
        var list = first
        var address = place.address.whole
        var seen: Set<String> = [address.query]
        var pages = 1
        var shown = 0
        func answer(_ completeness: Completeness, hasMore: Bool = false) -> Browsed {
            var browsed = Browsed(
                entity, title: place.entry.title, content: .rows(rows.table()), completeness: completeness,
                refusals: refusals)
            browsed.hasMore = hasMore
            return browsed
        }
        while true {
            rows.add(list.array, at: list.steps.reduce(address) { $0.stepping($1) })
            guard let next = list.next else { break }
            let total = list.count.map { " of \(Quantity.count(Int(clamping: $0)))" } ?? ""
            let soFar = "\(Quantity.count(rows.count))\(total) rows"
            guard pages < min(mostPages, Self.mostPages) else {
                return answer(.partial("only \(soFar) were read"), hasMore: pages < Self.mostPages)
            }
            // A page of nothing that names another would go on for ever.
            guard !list.array.isEmpty, let query = nextPage(next, of: place), seen.insert(query).inserted
            else {
                return answer(.partial("the server's pages lead nowhere after \(soFar)"))
            }
            // Each table is made of all rows: they are shown at growing distances.
            if rows.count >= 2 * shown {
                shown = rows.count
                partly(answer(.partial("\(soFar) so far")))
            }
            address.query = query
            let page = BrowsePlace(entry: place.entry, parameters: place.parameters, address: address)
            if Task.isCancelled { return answer(.partial("stopped after \(soFar)")) }
            do {
                let response = try await body(at: page)
                guard let found = manners.list(in: try response.json()) else {
                    return answer(.partial("what came after \(soFar) is no list"))
                }
                list = found
            } catch {
                if error.kind == .cancelled { return answer(.partial("stopped after \(soFar)")) }
                return answer(.partial("only \(soFar) came: \(error.words)"))
            }
            pages += 1
        }
        if let count = first.count, count > Int64(rows.count) {
            return answer(
                .partial("\(Quantity.count(rows.count)) of \(Quantity.count(Int(clamping: count))) rows came")
            )
        }
        return answer(.complete)
    }

    /// The query of the next page: by its own address, which has to be of the same path; another host is never asked.
    private func nextPage(_ next: String, of place: BrowsePlace) -> String? {
        guard let mark = next.firstIndex(of: "?") else { return nil }
        let query = String(next[next.index(after: mark)...].prefix { $0 != "#" })
        guard !query.isEmpty, query.utf8.count < 2_000 else { return nil }
        guard let found = BrowseLinks(browser: self).place(ofAddress: String(next[..<mark])) else {
            // Behind a proxy servers write their own name into the address: then the numbers of the page alone count.
            let safe = query.split(separator: "&").filter { pair in
                ["page=", "page_size=", "limit=", "offset=", "cursor="].contains { pair.hasPrefix($0) }
            }
            return safe.isEmpty ? nil : safe.joined(separator: "&")
        }
        return BrowseAddress(found.id).path == place.address.path ? query : nil
    }

    /// What lies within an answer that was read before.
    private func inside(_ place: BrowsePlace, _ entity: EntityRef) async throws(BackendError) -> Browsed {
        let value = try await within(place)
        let title =
            "\(place.entry.title): \(place.address.steps.filter { Int($0) == nil }.joined(separator: " "))"
        if let array = value.array, array.first?.kind == .object {
            var rows = BrowsedRows(
                self, at: BrowsePlace(entry: place.entry, parameters: [:], address: place.address))
            rows.add(array, at: place.address)
            return Browsed(entity, title: title, content: .rows(rows.table()), refusals: innerRefusals)
        }
        return Browsed(
            entity, title: title, content: .object(detail(place, value, at: place.address)),
            refusals: innerRefusals)
    }

    /// The lines one level below a place in an answer, for a tree that is unfolded.
    public func children(of entity: EntityRef) async throws(BackendError) -> [Detail.Line] {
        let place = try place(of: entity)
        return lines(of: try await within(place), at: place.address, place.entry)
    }

    /// The value at the end of a place's way into an answer; of what lies in a secret only that it is one.
    private func within(_ place: BrowsePlace) async throws(BackendError) -> JSONValue {
        let root = try (try await remembered(place)).json()
        let value = try value(root, place.address.steps)
        guard place.address.steps.contains(where: { manners.isSecret($0, at: place.entry) }), !value.isNull
        else { return value }
        guard let dots = try? JSONDocument("\"\(Self.mask)\"").root else {
            throw BackendError(.unsupported, "a secret is not shown")
        }
        return dots
    }

    /// The value of a field that is masked, for who asks for it by name.
    public func reveal(_ field: String, of entity: EntityRef) async throws(BackendError) -> String {
        let place = try place(of: entity)
        let root = try (try await remembered(place)).json()
        let inner =
            place.address.steps.isEmpty
            ? manners.object(in: root).value : try value(root, place.address.steps)
        guard let found = inner[field]?.text else {
            throw BackendError(.missing, "there is no \(Cleaning.clean(field)) here")
        }
        return Cleaning.clean(found)
    }

    // MARK: Files

    /// A file, where the answer is one: whatever says that it is no JSON and no page.
    private func file(_ response: Response, _ place: BrowsePlace) -> BrowsedFile? {
        let type = response.mediaType
        let isText = type.isEmpty || type.contains("json") || type == "text/html" || type == "text/plain"
        guard !isText, response.isSuccess else { return nil }
        let bytes = response.body.withUnsafeBytes { Array($0) }
        return BrowsedFile(name: fileName(response, place), type: Cleaning.clean(type), bytes: bytes)
    }

    private func fileName(_ response: Response, _ place: BrowsePlace) -> String {
        if let header = response.header("content-disposition"), let mark = header.firstRange(of: "filename=")
        {
            let name = Self.plainName(header[mark.upperBound...].prefix { $0 != ";" })
            if !name.isEmpty { return name }
        }
        let step = Self.plainName(place.address.path.split(separator: "/").last ?? "")
        let last = step.isEmpty ? "answer" : step
        let ending = [
            "application/zip": "zip", "image/png": "png", "text/csv": "csv",
            "application/x-iso9660-image": "iso",
            "application/pdf": "pdf",
        ][response.mediaType]
        return ending.map { last.hasSuffix(".\($0)") ? last : "\(last).\($0)" } ?? last
    }

    /// A name without what would make it a path, a hidden file, an option or an order to the terminal.
    private static func plainName(_ text: Substring) -> String {
        let name = text.filter { $0.isLetter || $0.isNumber || "._- ".contains($0) }
        return String(Cleaning.clean(String(name)).drop { ".- ".contains($0) }.prefix(100))
    }
}

extension Browser {
    /// What is at a place as a detail, for who does not show rows as a table: of a list the rows are lines.
    func detail(of entity: EntityRef) async throws(BackendError) -> Detail {
        if entity.kind == .operation { return try operation(entity) }
        let browsed = try await browse(entity, mostPages: 1)
        switch browsed.content {
        case .object(let detail): return detail
        case .rows(let table):
            let lines = table.refs.indices.prefix(1_000).map { row in
                Detail.Line("\(row + 1)", .ref(table.refs[row], name: table.name(row)), .ref(.resource))
            }
            return Detail(entity, title: browsed.title, sections: [Detail.Section(browsed.title, lines)])
        case .file(let file):
            let words = "\(file.name), \(file.type), \(Quantity.bytes(Double(file.bytes.count)))"
            return Detail(
                entity, title: browsed.title,
                sections: [Detail.Section("File", [Detail.Line("File", .text(words))])])
        }
    }

    /// What is shown for an operation, which is run and never read.
    private func operation(_ entity: EntityRef) throws(BackendError) -> Detail {
        let place = try place(of: entity)
        let methods = place.entry.acting.map(\.rawValue).joined(separator: ", ")
        var lines = [
            Detail.Line("Sends", .text("\(methods) \(place.address.path)")),
            Detail.Line("Hurts", .flag(!place.entry.hurting.isEmpty), .flag),
        ]
        if !place.entry.note.isEmpty { lines.append(Detail.Line("Note", .text(place.entry.note))) }
        return Detail(entity, title: place.entry.title, sections: [Detail.Section("Operation", lines)])
    }
}
