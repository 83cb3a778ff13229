public import Domain
internal import HTTP
internal import JSON

extension Browser {
    /// The most lines of a body that are shown.
    private static let mostLines = 200_000

    /// Asks a place and shows the answer as it came, whatever its status: secrets are masked.
    public func raw(_ entity: EntityRef) async throws(BackendError) -> RawAnswer {
        let place = try self.place(try place(of: entity).address.whole)
        let response = try await answer(at: place)
        let (method, url) = request(place)
        var head = ["status \(response.status)"]
        head += response.headers.map { header in
            let isSecret =
                ["set-cookie", "authorization"].contains(header.name.lowercased())
                || manners.secrets.holds(header.name)
            return Cleaning.clean("\(header.name): \(isSecret ? Self.mask : header.value)")
        }
        return RawAnswer(
            request: Cleaning.clean("\(method) \(url)"), head: head, body: lines(response, place),
            curl: curl(method, url, place))
    }

    /// The same request for a shell, which reads the secret from the environment; nothing is asked.
    public func curl(_ entity: EntityRef) throws(BackendError) -> String {
        let place = try self.place(try place(of: entity).address.whole)
        guard place.entry.isReadable || place.entry.isAskedByPost else { throw Self.neverRead(place.entry) }
        try refuseUnfilled(place)
        let (method, url) = request(place)
        return curl(method, url, place)
    }

    /// The method and the full address; what is asked by POST has its question in the body.
    private func request(_ place: BrowsePlace) -> (method: String, url: String) {
        let isPosted = !place.entry.isReadable
        let query = place.address.query.isEmpty || isPosted ? "" : "?\(place.address.query)"
        return (isPosted ? "POST" : "GET", settings.endpoint.url(place.address.path + query))
    }

    private func lines(_ response: Response, _ place: BrowsePlace) -> [String] {
        let reason: String
        do throws(BackendError) {
            let root = try response.json()
            let secrets = manners.secrets.joined(by: place.entry.secrets)
            var lines: [String] = []
            secrets.masking(JSONTree(root)).indented(into: &lines, most: Self.mostLines)
            return lines
        } catch {
            reason = error.words
        }
        // Secrets are found in JSON alone: in what was to be JSON and can't be read nobody finds them.
        if response.mediaType.contains("json") && response.body.count > 0 || isMeantAsJSON(response) {
            return ["not shown, since it may hold secrets: \(reason)"]
        }
        let type = response.mediaType
        guard type.hasPrefix("text/") || type.isEmpty else {
            return ["\(Quantity.bytes(Double(response.body.count))) of \(Cleaning.clean(type))"]
        }
        return response.body.text(limit: 1 << 20).split(separator: "\n", omittingEmptySubsequences: false)
            .prefix(Self.mostLines).map { Cleaning.clean($0) }
    }

    /// Whether a body begins as JSON does, whatever the server calls it.
    private func isMeantAsJSON(_ response: Response) -> Bool {
        response.body.withUnsafeBytes { bytes in
            let first = bytes.prefix(256).first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
            return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        }
    }

    /// The same request for a shell; the secret is the shell's to know.
    private func curl(_ method: String, _ url: String, _ place: BrowsePlace) -> String {
        func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
        var words = ["curl", "-sS"]
        if method != "GET" {
            let body = JSONTree.object(place.address.pairs.map { .init($0.0, .string($0.1)) })
            let shown = manners.secrets.joined(by: place.entry.secrets).masking(body).text
            words += ["-X", method, "-H", quoted("Content-Type: application/json"), "--data", quoted(shown)]
        }
        words += [
            "-H", quoted("Accept: application/json"), "-H", "\"\(manners.curlCredential)\"", quoted(url),
        ]
        return Cleaning.clean(words.joined(separator: " "))
    }
}

extension JSONTree {
    /// The value as JSON with a line for each member.
    fileprivate func indented(into lines: inout [String], most: Int) {
        var line = ""
        write(&lines, &line, depth: 0, most)
        if !line.isEmpty { lines.append(line) }
    }

    private func write(_ lines: inout [String], _ line: inout String, depth: Int, _ most: Int) {
        guard lines.count < most else { return }
        let indent = String(repeating: "  ", count: min(depth + 1, 40))
        func end(_ lines: inout [String], _ line: inout String) {
            lines.append(Cleaning.clean(line))
            line = ""
        }
        switch self {
        case .array(let values) where !values.isEmpty:
            line += "["
            end(&lines, &line)
            for (place, value) in values.enumerated() {
                line += indent
                value.write(&lines, &line, depth: depth + 1, most)
                if place < values.count - 1 { line += "," }
                end(&lines, &line)
            }
            line += indent.dropLast(2) + "]"
        case .object(let members) where !members.isEmpty:
            line += "{"
            end(&lines, &line)
            for (place, member) in members.enumerated() {
                line += indent + JSONTree.string(member.key).text + ": "
                member.value.write(&lines, &line, depth: depth + 1, most)
                if place < members.count - 1 { line += "," }
                end(&lines, &line)
            }
            line += indent.dropLast(2) + "}"
        default: line += text
        }
    }
}
