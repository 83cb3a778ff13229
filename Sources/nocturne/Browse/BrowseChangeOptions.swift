import AdapterKit
import ArgumentParser
import Configuration
import Domain
import Glibc

/// How a place of an API is to be changed.
struct BrowseChangeOptions: ParsableArguments {
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Give a field a value; once per field. Secrets are given by --set-env.", valueName: "name=value"))
    var sets: [String] = []
    @Option(help: ArgumentHelp("Give a field the value of a variable.", valueName: "name=variable"))
    var setEnv: [String] = []
    @Option(
        help: ArgumentHelp(
            "Give a field what a file holds that nobody else can read.", valueName: "name=file"))
    var setFile: [String] = []
    @Option(help: ArgumentHelp("Empty a field.", valueName: "name")) var unset: [String] = []
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Send this body: JSON, @file, or - for standard input.", valueName: "json"))
    var data: String?
    @Flag(help: "Make something new, by POST; implied in a collection.") var create = false
    @Flag(help: "Write the whole object with what is changed, by PUT.") var replace = false
    @Flag(help: "Delete the object.") var delete = false
    @Flag(help: "Run the operation; implied by --set and --data.") var run = false

    /// Whether anything is to be changed.
    var isChange: Bool { fills || create || replace || delete || run }

    private var fills: Bool {
        !sets.isEmpty || !setEnv.isEmpty || !setFile.isEmpty || !unset.isEmpty || data != nil
    }

    func validate() throws {
        guard [create, replace, delete, run].count(where: { $0 }) <= 1 else {
            throw ValidationError("--create, --replace, --delete and --run are different changes: give one")
        }
        guard !delete || !fills else { throw ValidationError("--delete takes no fields and no body") }
        guard data == nil || sets.isEmpty && setEnv.isEmpty && setFile.isEmpty && unset.isEmpty else {
            throw ValidationError("--data is the whole body: give it without --set and --unset")
        }
        guard !replace || fills else { throw ValidationError("--replace needs --set, --unset or --data") }
    }

    /// The change that is meant at a place.
    func change(at spot: BrowseSpot) throws -> BrowseChange {
        var change = BrowseChange(kind: kind(at: spot))
        for text in sets {
            let (name, value) = try Self.pair(text, "--set", "VALUE")
            change.answers.append((name, value))
        }
        for text in setEnv {
            let (name, variable) = try Self.pair(text, "--set-env", "VARIABLE")
            change.secrets.append((name, .environment(variable)))
        }
        for text in setFile {
            let (name, path) = try Self.pair(text, "--set-file", "FILE")
            change.secrets.append((name, .file(Self.absolute(path))))
        }
        change.emptied = unset
        let names = change.answers.map(\.name) + change.secrets.map(\.name) + unset
        if let twice = Dictionary(grouping: names, by: { $0 }).first(where: { $0.value.count > 1 })?.key {
            throw Failure(.usage, "\(twice) is given twice")
        }
        if let data {
            change.body = try Self.body(data)
            change.isBodyOnLine = data != "-" && !data.hasPrefix("@")
        }
        return change
    }

    private func kind(at spot: BrowseSpot) -> CommandKind {
        if delete { return .deleteResource }
        if replace { return .replaceResource }
        if create { return .createResource }
        if run || !spot.entry.isRead { return .callOperation }
        let makes = spot.browser.method(of: .createResource, at: spot.entry) != nil
        return makes && spot.entity.kind == .collection ? .createResource : .changeResource
    }

    private static func pair(_ text: String, _ option: String, _ what: String) throws -> (String, String) {
        guard let mark = text.firstIndex(of: "="), mark != text.startIndex else {
            // The words are not repeated: they may be a secret.
            throw Failure(.usage, "\(option) takes NAME=\(what)")
        }
        return (String(text[..<mark]), String(text[text.index(after: mark)...]))
    }

    private static func absolute(_ path: String) -> String {
        Directories(environment: Setup.environment).resolve(
            path, besides: (Setup.environment["PWD"] ?? ".") + "/")
    }

    // MARK: Bodies

    /// Bytes that a body may have.
    private static let mostBytes = 16 << 20

    private static func body(_ data: String) throws -> String {
        if data == "-" { return try text(of: STDIN_FILENO, called: "standard input") }
        guard data.hasPrefix("@") else { return data }
        let path = absolute(String(data.dropFirst()))
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure(.usage, "\(path) can't be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        return try text(of: descriptor, called: path)
    }

    private static func text(of descriptor: Int32, called name: String) throws -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count == 0 { break }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw Failure(.usage, "\(name) can't be read: \(String(cString: strerror(errno)))")
            }
            bytes += piece.prefix(count)
            guard bytes.count <= mostBytes else { throw Failure(.usage, "\(name) is longer than 16 MB") }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
