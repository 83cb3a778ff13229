import AdapterKit
import ArgumentParser
import Configuration
import Domain

/// Lists the adapters, or prints one that is a file.
struct AdaptersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adapters",
        abstract: "List the adapters, or print one as a file.",
        discussion: """
            Adapters that are files stand in ~/.config/nocturne/adapters. A backend uses one by kind = "declared" and \
            adapter = "NAME". To change one that ships, print it into that directory.
            """)

    @Argument(
        help: "The adapter to print.", completion: .list(AdapterRegistry.library.files.map(\.name)))
    var name: String?

    mutating func run() throws {
        let library = AdapterRegistry.library
        for complaint in library.complaints { Console.complain(complaint.description) }
        guard let name else { return list(library) }
        guard let file = library.files.first(where: { $0.name == name }) else {
            let native = AdapterRegistry.native.contains { $0.kind == name }
            let hint = Nearest.choices(name, among: library.files.map(\.name))
            throw Failure(
                .usage,
                native ? "\(name) is no file: it is part of nocturne" : "unknown adapter \"\(name)\"\(hint)")
        }
        Console.write(String(decoding: file.bytes, as: UTF8.self))
    }

    private func list(_ library: AdapterLibrary) {
        let usable = Set(library.descriptors.compactMap(\.file))
        var rows = AdapterRegistry.native.map { ($0.kind, $0.title, "kind = \"\($0.kind)\"") }
        for file in library.files {
            let title =
                library.descriptors.first { $0.file == file.name }?.title ?? "unusable: see the errors"
            let place = library.isOwn(file.name) ? file.path : "shipped"
            rows.append((file.name, title, usable.contains(file.name) ? place : file.path))
        }
        let widths = (rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0)
        for (name, title, place) in rows {
            Console.say(
                name + String(repeating: " ", count: widths.0 + 2 - name.count) + title
                    + String(repeating: " ", count: widths.1 + 2 - title.count) + place)
        }
    }
}
