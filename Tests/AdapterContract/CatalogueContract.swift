public import AdapterKit
public import HTTP

/// What every catalogue owes, whatever API it describes; each check gives the faults that it found.
public struct CatalogueContract: Sendable {
    private let descriptor: AdapterDescriptor
    private var entries: [CatalogueEntry] { descriptor.catalogue }

    /// The contract for a kind of adapter.
    public init(_ descriptor: AdapterDescriptor) { self.descriptor = descriptor }

    /// Compares each method of each path with those of the API's document.
    ///
    /// - Parameter document: a line per path, as in `/bonds/{bond}/ GET POST`; whatever a parameter is called is the
    ///   same.
    public func faults(against document: String) -> [String] {
        let wanted = document.split(separator: "\n").flatMap { line in
            let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            return words.dropFirst().map { "\($0) \(Self.shape(words.first ?? ""))" }
        }
        let listed = entries.flatMap { entry in
            entry.methods.map { "\($0.rawValue) \(Self.shape(entry.template.description))" }
        }
        let twice = Dictionary(grouping: listed) { $0 }.filter { $0.value.count > 1 }.keys
        return Set(wanted).subtracting(listed).map { "\($0) is missing" }
            + Set(listed).subtracting(wanted).map { "\($0) is in no document" }
            + twice.map { "\($0) is there twice" }
    }

    /// Checks that what acts by GET is known, marked and nowhere among the reads, and that all else is.
    public func faults(acting: [PathTemplate]) -> [String] {
        let marked = Set(entries.filter(\.actsByGet).map(\.template))
        var faults = marked.symmetricDifference(acting).map {
            "\($0) is marked as what acts by GET, or is not"
        }
        let reads = Set(descriptor.reads)
        if reads.count != descriptor.reads.count { faults.append("a read is declared twice") }
        for entry in entries {
            for method in entry.acting
            where reads.contains(ReadDeclaration(entry.template, method: method)) {
                faults.append("\(method.rawValue) \(entry.template) acts and is declared as a read")
            }
            for read in entry.reads where !reads.contains(read) {
                faults.append("\(read.method.rawValue) \(entry.template) reads and is not declared")
            }
            if entry.acting.contains(where: { !entry.methods.contains($0) }) {
                faults.append("\(entry.template) acts by what it does not take")
            }
            if entry.methods.contains(.delete), !entry.hurting.contains(.delete) {
                faults.append("\(entry.template) deletes and does not hurt")
            }
        }
        for read in reads where !read.method.isSafe && read.method != .post {
            faults.append("\(read.method.rawValue) \(read.template) is declared as a read")
        }
        return faults
    }

    /// Checks that no two paths could be meant by one address and method without a word deciding between them.
    public func ambiguities() -> [String] {
        var known: [String: CatalogueEntry] = [:]
        return entries.flatMap { entry in
            entry.methods.compactMap { method -> String? in
                let shape = "\(method.rawValue) \(Self.shape(entry.template.description))"
                guard let other = known.updateValue(entry, forKey: shape) else { return nil }
                return "\(entry.template) and \(other.template) are one path"
            }
        }
    }

    /// Checks that everything is called something, unlike all else that can be done in its section.
    public func untitled() -> [String] {
        var seen: Set<[String]> = []
        return entries.flatMap { entry in
            var faults: [String] = []
            let title = entry.title
            if title.isEmpty || entry.section.isEmpty { faults.append("\(entry.template) has no title") }
            if title.first?.isLowercase == true || title.last == "." {
                faults.append("“\(title)” is no title")
            }
            if title.hasPrefix("A ") || title.hasPrefix("An ") || title.hasPrefix("The ") {
                faults.append("“\(title)” begins with an article")
            }
            if !seen.insert([entry.section, title] + entry.methods.map(\.rawValue)).inserted {
                faults.append("“\(title)” is there twice in \(entry.section)")
            }
            if !entry.note.isEmpty, entry.note.last != "." { faults.append("“\(entry.note)” is no sentence") }
            return faults
        }
    }

    /// Checks that whatever stands below an object is found from it: its path continues that of the object, with the
    /// same name of the parameter.
    ///
    /// - Parameter alone: paths that the API has nothing above.
    public func orphans(but alone: [PathTemplate] = []) -> [String] {
        let templates = Set(entries.map(\.template.description))
        var faults: [String] = []
        for entry in entries {
            let path = entry.template.description
            guard let end = path.lastIndex(of: "}") else { continue }
            // The object is the path up to its parameter, and a part of it is all that follows.
            let closed = path[...end] + (path.hasSuffix("/") ? "/" : "")
            let object =
                closed == path ? Self.above(path) : String(closed)
            guard let object, !templates.contains(object), !alone.contains(entry.template) else { continue }
            faults.append("\(path) is below \(object), which is no path")
        }
        for template in alone where !templates.contains(template.description) {
            faults.append("\(template) is no path of the catalogue")
        }
        return faults
    }

    /// The object that a path is an object or a list below; nil where it is below none.
    private static func above(_ path: String) -> String? {
        let slash = path.hasSuffix("/") ? "/" : ""
        let steps = path.split(separator: "/").map(String.init)
        guard let index = steps.dropLast().lastIndex(where: { $0.hasPrefix("{") }) else { return nil }
        return "/" + steps[...index].joined(separator: "/") + slash
    }

    /// A path whose parameters have no names.
    private static func shape(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("{") || $0.hasPrefix(":") ? "*" : String($0) }.joined(separator: "/")
    }
}
