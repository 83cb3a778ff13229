import AdapterKit
import Domain
import Filter
import JSON
import Runtime

/// Prints what is at a place of an API.
struct BrowsePrinting {
    /// What is to be printed, and how.
    struct Wish {
        var output: BrowseCommand.Format = .table
        var filter: String?
        var sort: String?
        var columns: String?
        var limit: Int?
        var all = false
        var save: String?

        /// Whether it says anything that only lists have.
        var isOfLists: Bool { filter != nil || sort != nil || columns != nil || limit != nil }
    }

    let wish: Wish
    let network: Network
    /// Takes what goes to standard output.
    var write: ([UInt8]) -> Void = { Console.write($0) }
    /// Takes what goes to standard error.
    var complain: (String) -> Void = { Console.complain($0) }

    private func say(_ text: String) { write(Array((text + "\n").utf8)) }

    /// Prints the request for a shell; nothing is asked.
    func printCurl(_ spot: BrowseSpot) throws {
        do throws(BackendError) { say(try spot.browser.curl(spot.entity)) } catch {
            throw Failure(.usage, "\(spot.name): \(error.words)")
        }
    }

    /// Prints the answer as it comes, without secrets.
    func print(_ answer: Result<RawAnswer, BackendError>, of spot: BrowseSpot) throws -> ExitCodes {
        let raw = try spot.value(of: answer)
        for line in [raw.request] + raw.head + [""] + raw.body { say(line) }
        if raw.head.first?.hasPrefix("status 2") == true { return .fine }
        complain("\(spot.name): the server answered with \(raw.head.first ?? "no status")")
        return .backendFailed
    }

    /// Prints what was read, or saves it where it is a file.
    func print(_ answer: Result<Browsed, BackendError>, of spot: BrowseSpot) throws -> ExitCodes {
        let browsed = try spot.value(of: answer)
        switch browsed.content {
        case .rows(let table):
            try refuseSaving(browsed)
            try write(
                [table], besides: [], fetchedAt: [spot.entity.backend: network.clock.wall], .browsed)
        case .object(let detail):
            try refuseSaving(browsed)
            try print(detail, of: browsed, spot)
        case .file(let file): try save(file)
        }
        guard case .partial(let words) = browsed.completeness else { return .fine }
        if browsed.hasMore {
            let filtered = wish.filter == nil ? "" : ", and the filter saw no others"
            complain("\(spot.name): \(words)\(filtered); --all reads the rest")
            return .fine
        }
        complain("\(spot.name): incomplete: \(words)")
        return .backendFailed
    }

    private func refuseSaving(_ browsed: Browsed) throws {
        guard wish.save != nil else { return }
        throw Failure(.usage, "\(browsed.title) is no file: -o prints it")
    }

    private func print(_ detail: Detail, of browsed: Browsed, _ spot: BrowseSpot) throws {
        guard !wish.isOfLists else {
            throw Failure(
                .usage,
                "\(browsed.title) is one object: --filter, --sort, --columns and --limit are for lists")
        }
        let shown = Shown(
            backend: spot.name, entity: detail.entity, title: detail.title, detail: detail,
            fetchedAt: network.clock.wall)
        switch wish.output {
        case .json, .ndjson: say(shown.tree.text)
        case .csv: write(Array(shown.csv.utf8))
        case .table, .raw: write(Array(shown.text(zone: network.clock.zone).utf8))
        }
    }

    private func save(_ file: BrowsedFile) throws {
        guard !wish.isOfLists else {
            throw Failure(
                .usage, "\(file.name) is a file: --filter, --sort, --columns and --limit are for lists")
        }
        let saved = try SavedFile(file, at: wish.save)
        guard let path = saved.path else { return }
        switch wish.output {
        case .json, .ndjson: say(saved.tree.text)
        case .table, .csv, .raw:
            say("saved \(path): \(Quantity.bytes(Double(file.bytes.count))), \(file.type)")
        }
    }

    /// Prints the rows of some tables that are wanted.
    func write(
        _ tables: [Table], besides offered: [ResourceDescriptor], fetchedAt: [BackendID: Timestamp],
        _ style: Listing.Style
    ) throws {
        let arrangement = try RowChoice(filter: wish.filter, sort: wish.sort).arrangement(
            of: tables, besides: offered, network)
        let listing = try Listing(
            arrangement, columns: wish.columns, network: network, fetchedAt: fetchedAt, limit: wish.limit,
            style: style)
        var buffer = OutputBuffer(write)
        switch wish.output {
        case .table, .raw:
            TableOutput.print(
                listing, width: Console.width, isColored: Console.wantsColors, to: &buffer)
        case .json: JSONOutput.print(listing, .array, to: &buffer)
        case .ndjson: JSONOutput.print(listing, .lines, to: &buffer)
        case .csv: CSVOutput.print(listing, to: &buffer)
        }
    }
}
