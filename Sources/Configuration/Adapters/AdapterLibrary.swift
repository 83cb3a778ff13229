public import AdapterKit
package import DeclaredAdapter
internal import Domain

/// Every adapter that is a file: those that ship, overridden and joined by the operator's.
public struct AdapterLibrary: Sendable {
    /// What can be used, those that ship first, in their order.
    package private(set) var descriptions: [Description] = []
    /// What is wrong with the files.
    public private(set) var complaints: [Complaint] = []
    /// The files, those that ship first.
    public private(set) var files: [NamedFile] = []
    private let own: Set<String>

    /// Reads all adapters.
    ///
    /// - Parameters:
    ///   - shipped: the files inside the binary.
    ///   - directory: where the operator's files are; one of the same name as one that ships replaces it. Nil reads those
    ///     that ship alone.
    public init(shipped: [NamedFile], directory: String?) {
        var complaints: [Complaint] = []
        let found = directory.map { NamedFile.all(in: $0, complaints: &complaints) } ?? []
        own = Set(found.map(\.name))
        let names = Set(shipped.map(\.name))
        files = shipped.map { file in found.first { $0.name == file.name } ?? file }
        files += found.filter { !names.contains($0.name) }
        for file in files {
            let read = AdapterFile(file)
            complaints += read.complaints
            if let description = read.description { descriptions.append(description) }
        }
        self.complaints = complaints
    }

    /// The kinds of adapters that the files make.
    public var descriptors: [AdapterDescriptor] { descriptions.map { Declared.descriptor($0) } }

    /// The files that backends use and that say something else than before, in words.
    public func changed(since old: AdapterLibrary, of backends: [BackendConfiguration]) -> [String] {
        var words: [String] = []
        for name in Set(backends.compactMap(\.adapter)).sorted()
        where descriptions.contains(where: { $0.name == name })
            && files.first(where: { $0.name == name })?.bytes
                != old.files.first(where: { $0.name == name })?.bytes
        {
            words.append("the file of the adapter \(name) has changed")
        }
        return words
    }

    /// Whether an adapter is the operator's.
    public func isOwn(_ name: String) -> Bool { own.contains(name) }
}
