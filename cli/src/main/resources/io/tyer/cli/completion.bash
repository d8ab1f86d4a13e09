# Completion for tyer. Read it in your shell's start-up file: source <(tyer completion bash)

_tyer_options() {
  case $1 in
@OPTIONS@
  esac
}

# Whether an option takes the next word.
_tyer_takes() {
  case $1 in
    @VALUES@) return 0 ;;
  esac
  return 1
}

# The names of the locks there are, in the store that the line names; none if that takes long (TYER_COMPLETION_TIMEOUT).
_tyer_names() {
  local line=${COMP_LINE:0:COMP_POINT} store=() name
  if [[ $line =~ \ --store[=\ ]+([^[:space:]]+) ]]; then store=(--store "${BASH_REMATCH[1]}"); fi
  while IFS= read -r name; do
    if [[ $name == "$2"* ]]; then COMPREPLY+=("$(printf %q "$name")"); fi
  done < <(TYER_OPERATION_TIMEOUT=${TYER_COMPLETION_TIMEOUT:-1s} "$1" locks --names "${store[@]}" -- "$2" 2>/dev/null </dev/null)
  # What stands before a colon is a word of its own to the shell, and not replaced.
  if [[ $2 == *:* && $COMP_WORDBREAKS == *:* ]] && type __ltrim_colon_completions >/dev/null 2>&1; then
    __ltrim_colon_completions "$2"
  fi
}

# The names of the demos there are, as the list of them says.
_tyer_demos() {
  local line
  while IFS= read -r line; do
    if [[ $line =~ ^\ +[^\ ]*tyer\ demo\ ([a-z]+) ]]; then echo "${BASH_REMATCH[1]}"; fi
  done < <("$1" demo 2>/dev/null </dev/null)
}

# Where the first argument from a place on stands that is no option; 0 if there is none before the cursor.
_tyer_argument() {
  local i
  for ((i = $1; i < COMP_CWORD; i++)); do
    if [[ ${COMP_WORDS[i]} == -- ]]; then
      i=$((i + 1))
    elif _tyer_takes "${COMP_WORDS[i]}"; then
      i=$((i + 1))
      if [[ ${COMP_WORDS[i]} == = ]]; then i=$((i + 1)); fi
      continue
    elif [[ ${COMP_WORDS[i]} == -* ]]; then
      continue
    fi
    if ((i < COMP_CWORD)); then
      echo "$i"
      return
    fi
  done
  echo 0
}

# Behind the lock's name: the command to run, as if it stood alone.
_tyer_command() {
  local from=$(($1 + 1))
  if [[ ${COMP_WORDS[from]} == -- && $COMP_CWORD -gt $from ]]; then from=$((from + 1)); fi
  if type _command_offset >/dev/null 2>&1; then
    _command_offset "$from"
  elif ((COMP_CWORD == from)); then
    COMPREPLY=($(compgen -c -- "$2"))
  else
    COMPREPLY=($(compgen -f -- "$2"))
  fi
}

_tyer() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} argument
  local below= first=2
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '@COMMANDS@ --help --version' -- "$cur"))
    return
  fi
  if [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD - 2]}; fi
  if [[ $cur == = ]]; then prev=${COMP_WORDS[COMP_CWORD - 1]} cur=; fi
  # What the server and its tokens can be told is a command of two words.
  case $command in
    server) below='@SERVER@' ;;
    token) below='@TOKEN@' ;;
  esac
  if [[ -n $below && $COMP_CWORD -gt 2 && " $below " == *" ${COMP_WORDS[2]} "* ]]; then
    command+=" ${COMP_WORDS[2]}"
    below= first=3
  fi
  argument=$(_tyer_argument "$first")
  if [[ $command == run && $argument != 0 ]]; then
    _tyer_command "$argument" "$cur"
    return
  fi
  case $prev in
    --on-loss) COMPREPLY=($(compgen -W 'kill term continue' -- "$cur")) ;;
    --dialect) COMPREPLY=($(compgen -W 'postgresql mysql mariadb h2 sqlite' -- "$cur")) ;;
    --log-format) COMPREPLY=($(compgen -W 'text json' -- "$cur")) ;;
    --password-file | --token-file | --operator-token | --data | --*-cert | --*-key | --*-ca)
      COMPREPLY=($(compgen -f -- "$cur"))
      ;;
    *)
      if _tyer_takes "$prev"; then return; fi
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "$(_tyer_options "$command")" -- "$cur"))
      elif [[ $argument == 0 ]]; then
        case $command in
          run | locks | release) _tyer_names "$1" "$cur" ;;
          help) COMPREPLY=($(compgen -W '@COMMANDS@' -- "$cur")) ;;
          server | token) COMPREPLY=($(compgen -W "$below" -- "$cur")) ;;
          'token import') COMPREPLY=($(compgen -f -- "$cur")) ;;
          demo) COMPREPLY=($(compgen -W "$(_tyer_demos "$1")" -- "$cur")) ;;
          completion) COMPREPLY=($(compgen -W 'bash zsh' -- "$cur")) ;;
        esac
      fi
      ;;
  esac
}

complete -F _tyer tyer
