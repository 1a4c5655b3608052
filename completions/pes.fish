# fish completion for pes: every answer comes from the tool itself.

function __pes_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct | string unescape)
    # Paths are completed after the sign of --name=value, and given with what stands before.
    set -l name (string match -r -- '^--[^=]+=' $typed)
    set -l path (string replace -r -- '^--[^=]+=' '' $typed)

    for line in (pes __complete $words[2..-1] "$typed" 2>/dev/null)
        switch $line
            case :files
                string replace -r -- '^' "$name" (__fish_complete_path "$path")
            case :folders
                string replace -r -- '^' "$name" (__fish_complete_directories "$path")
            case '*'
                echo $line
        end
    end
end

complete -c pes -f -a '(__pes_complete)'
