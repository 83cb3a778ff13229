internal import AdapterKit
internal import Domain
internal import HTTP

/// Graphs as pictures (`get_graph_generic_by_hostname`, `get_graph_by_port_hostname`).
extension LibreNMSServer {
    func picture(_ request: PictureRequest) async throws(BackendError) -> [UInt8] {
        let place = try GraphPlace(request.picture.id)
        let dialect = try await dialect()
        var parameters = ["id": place.device, "type": place.type]
        var query = Self.query(request)
        var template = Path.deviceGraph
        if let port = place.port {
            template = Path.portGraph
            parameters["name"] = dialect.segment(port)
            if place.isDescription { query.append(("ifDescr", "true")) }
        }
        let headers = try await credentials() + [Header("Accept", "image/png")]
        let response = try await transport.answer(
            to: ReadRequest(template, parameters, query: query, headers: headers, priority: 0))
        return try Self.file(response)
    }

    /// Times are counted from the server's own present: a clock that is wrong here or there does not matter.
    private static func query(_ request: PictureRequest) -> [(String, String)] {
        let ago = request.secondsAgo
        var query = [("graph_type", "png"), ("from", "-\(ago.start)")]
        if ago.end > 0 { query.append(("to", "-\(ago.end)")) }
        return query + [("width", String(request.width)), ("height", String(request.height))]
    }

    /// The picture of an answer, whatever it calls itself.
    static func file(_ response: Response) throws(BackendError) -> [UInt8] {
        if let problem = Verdict.problem(with: response) { throw problem }
        // Releases of 2016 say that all is well and draw nothing.
        guard response.body.count > 0 else {
            throw BackendError(
                .missing,
                "the server drew nothing: it has no data for this graph, or no such device or port any more")
        }
        let start = response.body.text(limit: 400)
        if response.mediaType.contains("svg") || start.contains("<svg") {
            throw BackendError(
                .invalid, "the server draws this graph only as SVG, which can't be shown: see it on the web")
        }
        let bytes = response.body.withUnsafeBytes { Array($0) }
        guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else {
            let words = (try? response.json()).flatMap { Verdict.message(in: $0) }
            throw BackendError(
                .invalid, words.map { "the server says: \($0)" } ?? "the server answers with no picture")
        }
        return bytes
    }
}
