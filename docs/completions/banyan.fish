function __banyan_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __banyan_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __banyan_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __banyan_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __banyan_parse_tokens -S
    set -l unparsed_tokens (__banyan_tokens -pc)
    switch $unparsed_tokens[1]
    case 'banyan'
        __banyan_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'demo'
            __banyan_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'government'
                __banyan_parse_subcommand 0 'data=' 'json' 'directory=' 'knowledge=' 'requests=' 'departments=' 'width=' 'leave-tasks' 'version' 'h/help'
            end
        case 'serve'
            __banyan_parse_subcommand 0 'data=' 'host=' 'port=' 'token-file=' 'version' 'h/help'
        case 'workflow'
            __banyan_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'check'
                __banyan_parse_subcommand 1 'json' 'version' 'h/help'
            case 'list'
                __banyan_parse_subcommand 0 'data=' 'json' 'status=' 'limit=' 'version' 'h/help'
            case 'show'
                __banyan_parse_subcommand 1 'data=' 'json' 'version' 'h/help'
            case 'resume'
                __banyan_parse_subcommand 0 'data=' 'version' 'h/help'
            case 'cancel'
                __banyan_parse_subcommand 1 'data=' 'version' 'h/help'
            end
        case 'task'
            __banyan_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __banyan_parse_subcommand 0 'data=' 'json' 'version' 'h/help'
            case 'answer'
                __banyan_parse_subcommand 2 'by=' 'comment=' 'data=' 'version' 'h/help'
            end
        case 'knowledge'
            __banyan_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'ingest'
                __banyan_parse_subcommand 1 'grade=' 'data=' 'json' 'version' 'h/help'
            case 'search'
                __banyan_parse_subcommand 1 'clearance=' 'limit=' 'data=' 'json' 'version' 'h/help'
            case 'list'
                __banyan_parse_subcommand 0 'data=' 'json' 'version' 'h/help'
            case 'forget'
                __banyan_parse_subcommand 1 'data=' 'version' 'h/help'
            end
        case 'scan'
            __banyan_parse_subcommand 1 'explain' 'json' 'version' 'h/help'
        case 'audit'
            __banyan_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'verify'
                __banyan_parse_subcommand 0 'data=' 'json' 'version' 'h/help'
            case 'show'
                __banyan_parse_subcommand 0 'data=' 'json' 'limit=' 'version' 'h/help'
            end
        case 'token'
            __banyan_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'add'
                __banyan_parse_subcommand 1 'file=' 'clearance=' 'version' 'h/help'
            end
        case 'doctor'
            __banyan_parse_subcommand 0 'data=' 'json' 'version' 'h/help'
        case 'help'
            __banyan_parse_subcommand -r 1 'version'
        end
    end
end

function __banyan_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __banyan_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __banyan_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __banyan_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__banyan_tokens -p)
    if test -z "$(__banyan_tokens -t)"
        set -l index (count (__banyan_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'banyan' -f
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'demo' -d 'Run a demonstration of a whole domain.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'serve' -d 'Start the platform with its web console.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'workflow' -d 'Check workflow definitions; list, show, resume and cancel runs.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'task' -d 'Human tasks: list and answer them.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'knowledge' -d 'The knowledge base: ingest, search, list, forget.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'scan' -d 'Find and grade sensitive data in a text file. Never prints a matched value.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'audit' -d 'The audit log: show it, verify its chain.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'token' -d 'Users of a console that other machines can reach.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'doctor' -d 'Say what is present, what is missing and how to get it.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan demo" -eq 1' -fa 'government' -d 'A city\'s service hotline, from request to reply.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" directory' -l 'directory' -d 'Folder with the demonstration\'s files.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" knowledge' -l 'knowledge' -d 'Folder of knowledge documents. The default is DIRECTORY/knowledge.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" requests' -l 'requests' -d 'Requests, one JSON object a line. The default is DIRECTORY/requests.jsonl.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" departments' -l 'departments' -d 'Departments as CSV. The default is DIRECTORY/departments.csv.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" width' -l 'width' -d 'Requests under way at once, 1 to 16.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" leave-tasks' -l 'leave-tasks' -d 'Leave human tasks open for people (see `banyan serve`) instead of answering them by a scripted clerk.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan demo government" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" host' -l 'host' -d 'The address to listen on.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" port' -l 'port' -d 'The port, 0 for any free one.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" token-file' -l 'token-file' -d 'Users who may sign in, one a line (see `banyan token`).' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan serve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan workflow" -eq 1' -fa 'check' -d 'Check types, references and labels of a definition before anything runs.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan workflow" -eq 1' -fa 'list' -d 'List runs, the newest first.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan workflow" -eq 1' -fa 'show' -d 'Show the steps of a run. Outputs are left out: the console shows them by clearance.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan workflow" -eq 1' -fa 'resume' -d 'Take up every unfinished run where it stopped.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan workflow" -eq 1' -fa 'cancel' -d 'Cancel a run at its next step boundary.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow check" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow check" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow list" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow list" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow list" status' -l 'status' -d 'Only runs of this status: running, waiting, sleeping, completed, failed, cancelled.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow list" limit' -l 'limit' -d 'At most this many.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow list" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow show" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow show" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow show" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow resume" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow resume" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow resume" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow cancel" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow cancel" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan workflow cancel" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan task" -eq 1' -fa 'list' -d 'List open tasks, the oldest first.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan task" -eq 1' -fa 'answer' -d 'Answer a task; its run goes on.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task list" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task list" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task list" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task answer" by' -l 'by' -d 'Who answers.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task answer" comment' -l 'comment' -d 'A remark that is kept with the answer.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task answer" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task answer" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan task answer" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan knowledge" -eq 1' -fa 'ingest' -d 'Read a folder of documents into the index. Unchanged files are skipped.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan knowledge" -eq 1' -fa 'search' -d 'Search, with citations.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan knowledge" -eq 1' -fa 'list' -d 'List the documents of the index.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan knowledge" -eq 1' -fa 'forget' -d 'Remove every trace of a document from the index.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge ingest" grade' -l 'grade' -d 'The grade of the documents: L1 … L4, important, core.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge ingest" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge ingest" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge ingest" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge ingest" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge search" clearance' -l 'clearance' -d 'The highest grade to show.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge search" limit' -l 'limit' -d 'At most this many hits, 1 to 50.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge search" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge search" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge search" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge search" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge list" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge list" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge list" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge forget" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge forget" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan knowledge forget" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan scan" explain' -l 'explain' -d 'Say why each candidate was kept or dropped.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan scan" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan scan" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan scan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan audit" -eq 1' -fa 'verify' -d 'Check every row\'s hash; exits 1 when a row was altered, removed or reordered.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan audit" -eq 1' -fa 'show' -d 'The newest rows first.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit verify" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit verify" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit verify" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit show" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit show" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit show" limit' -l 'limit' -d 'At most this many, 1 to 10000.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit show" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan audit show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan token" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan token" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_positional "banyan token" -eq 1' -fa 'add' -d 'Draw a token for a user, print it once, and add its SHA-256 to a token file.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan token add" file' -l 'file' -d 'The token file; made when absent.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan token add" clearance' -l 'clearance' -d 'The highest grade this user may see: L1 … L4, important, core.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan token add" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan token add" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan doctor" data' -l 'data' -d 'The data directory.' -rfka ''
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan doctor" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan doctor" version' -l 'version' -d 'Show the version.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan doctor" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'banyan' -n '__banyan_should_offer_completions_for_flags_or_options "banyan help" version' -l 'version' -d 'Show the version.'
